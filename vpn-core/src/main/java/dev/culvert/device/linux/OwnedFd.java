package dev.culvert.device.linux;

import dev.culvert.device.Errno;
import dev.culvert.device.TapException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A file descriptor that closes with its owner. {@link #release} hands it on and leaves this guard empty. */
final class OwnedFd implements AutoCloseable {
    private static final int NONE = -1;

    private final AtomicInteger fd;

    private OwnedFd(int fd) {
        this.fd = new AtomicInteger(fd);
    }

    /** {@code subject} is what the message of a failure is about. */
    static OwnedFd open(String subject, String path, int flags) throws TapException {
        int fd = LibC.open(path, flags | LibC.O_CLOEXEC);
        if (fd < 0) {
            int errno = LibC.errno();
            throw new TapException(subject, "open " + path, Errno.name(errno), Remedies.forOpen(path, errno));
        }
        return new OwnedFd(fd);
    }

    static OwnedFd netlinkSocket(String subject, int protocol) throws TapException {
        int fd = LibC.socket(LibC.AF_NETLINK, LibC.SOCK_RAW | LibC.SOCK_CLOEXEC, protocol);
        if (fd < 0) {
            throw new TapException(
                    subject, "netlink socket", Errno.name(LibC.errno()), "the kernel must offer rtnetlink here");
        }
        return new OwnedFd(fd);
    }

    /** Two non-blocking sockets, connected to each other, that carry packets. */
    static List<OwnedFd> packetSockets(String subject) throws TapException {
        int[] pair = new int[2];
        int type = LibC.SOCK_SEQPACKET | LibC.SOCK_NONBLOCK | LibC.SOCK_CLOEXEC;
        if (LibC.socketpair(LibC.AF_UNIX, type, 0, pair) < 0) {
            throw new TapException(
                    subject, "socketpair", Errno.name(LibC.errno()), "raise the limit of open files: ulimit -n");
        }
        return List.of(new OwnedFd(pair[0]), new OwnedFd(pair[1]));
    }

    int number() {
        return fd.get();
    }

    OwnedFd release() {
        return new OwnedFd(fd.getAndSet(NONE));
    }

    @Override
    public void close() {
        int last = fd.getAndSet(NONE);
        if (last != NONE) {
            // Nothing to do about a failure: Linux lets go of the number in any case.
            LibC.close(last);
        }
    }
}
