package dev.culvert.device.linux;

import dev.culvert.device.Errno;
import dev.culvert.device.TapException;
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
