package dev.culvert.device.io;

import dev.culvert.device.Errno;
import dev.culvert.libc.Downcalls;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Reference;

/** Waits for one descriptor, for loops that have no epoll. */
public final class Readiness {
    // struct pollfd (poll.h): int fd; short events; short revents
    private static final long POLLFD_BYTES = 8;
    private static final long EVENTS = 4;
    private static final long REVENTS = 6;

    private static final short POLLIN = 0x001; // asm-generic/poll.h
    private static final short POLLNVAL = 0x020;

    private static final ThreadLocal<Readiness> OF_THREAD = ThreadLocal.withInitial(Readiness::new);

    private final MemorySegment callState = Downcalls.newCallState();
    private final MemorySegment pollfd = Arena.ofAuto().allocate(POLLFD_BYTES, POLLFD_BYTES);

    private Readiness() {}

    /**
     * Blocks the calling thread until {@code fd} has something to read, an error included: read it to learn which.
     *
     * @param timeoutMillis negative waits for ever, 0 not at all
     * @return false when the time is over, or sooner when a signal came
     * @throws IOException when {@code fd} is not an open descriptor
     */
    public static boolean await(int fd, int timeoutMillis) throws IOException {
        return OF_THREAD.get().poll(fd, timeoutMillis);
    }

    private boolean poll(int fd, int timeoutMillis) throws IOException {
        pollfd.set(ValueLayout.JAVA_INT, 0, fd);
        pollfd.set(ValueLayout.JAVA_SHORT, EVENTS, POLLIN);
        pollfd.set(ValueLayout.JAVA_SHORT, REVENTS, (short) 0);
        int ready;
        try {
            ready = SystemCalls.poll(callState, pollfd.address(), 1, timeoutMillis);
        } finally {
            Reference.reachabilityFence(pollfd);
        }
        if (ready < 0 && Downcalls.errno(callState) != Errno.EINTR) {
            throw new IOException("poll: " + Errno.name(Downcalls.errno(callState)));
        }
        if (ready > 0 && (pollfd.get(ValueLayout.JAVA_SHORT, REVENTS) & POLLNVAL) != 0) {
            throw new IOException("poll: descriptor " + fd + " is not open");
        }
        return ready > 0;
    }
}
