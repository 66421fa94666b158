package dev.culvert.bench.kernel;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.culvert.device.Errno;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * What an {@link IcmpSocket} sends and receives with. Unlike {@link Libc}, whose callers are one thread, an instance keeps
 * errno for itself: one for each thread.
 */
final class IcmpCalls {
    private static final FunctionDescriptor SEND_OR_RECEIVE =
            FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT);
    private static final MethodHandle SEND = Foreign.bind("send", SEND_OR_RECEIVE, Foreign.ERRNO_KEPT);
    private static final MethodHandle RECEIVE = Foreign.bind("recv", SEND_OR_RECEIVE, Foreign.ERRNO_KEPT);

    private final MemorySegment callState = Arena.ofAuto().allocate(Linker.Option.captureStateLayout());

    /** Returns false when the kernel has no room at the moment. */
    boolean send(int fd, MemorySegment message) throws IOException {
        long sent;
        try {
            sent = (long) SEND.invokeExact(callState, fd, message.address(), message.byteSize(), 0);
        } catch (Throwable e) {
            throw Foreign.neverThrown(e);
        }
        return sent >= 0 || isFalse("send", Errno.EAGAIN, Errno.ENOBUFS, Errno.EINTR);
    }

    /** Bytes received, or -1 when nothing came before the socket's time was over. */
    int receive(int fd, MemorySegment target) throws IOException {
        long received;
        try {
            received = (long) RECEIVE.invokeExact(callState, fd, target.address(), target.byteSize(), 0);
        } catch (Throwable e) {
            throw Foreign.neverThrown(e);
        }
        if (received < 0) {
            isFalse("recv", Errno.EAGAIN, Errno.EINTR);
            return -1;
        }
        return (int) received;
    }

    /** The call failed: false if for one of these reasons. */
    private boolean isFalse(String call, int... harmless) throws IOException {
        int errno = Foreign.errno(callState);
        for (int each : harmless) {
            if (errno == each) {
                return false;
            }
        }
        throw new KernelException(call, errno, "");
    }
}
