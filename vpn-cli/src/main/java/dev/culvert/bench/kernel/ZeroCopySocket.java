package dev.culvert.bench.kernel;

import dev.culvert.device.Errno;

/**
 * Sends with MSG_ZEROCOPY: the kernel takes the pages themselves and says later, through the error queue of the socket,
 * when it has let go of them, and whether it copied after all (Documentation/networking/msg_zerocopy.rst).
 */
public final class ZeroCopySocket {
    private static final int MSG_ZEROCOPY = 0x4000000;
    private static final int MSG_ERRQUEUE = 0x2000;
    private static final int MESSAGE_BYTES = 56; // struct msghdr, 64-bit
    private static final int CONTROL = 32;
    private static final int CONTROL_LENGTH = 40;
    private static final int ROOM_BYTES = 128;
    private static final int ERROR = 16; // struct sock_extended_err, behind struct cmsghdr
    private static final int CODE = ERROR + 6;
    private static final int FIRST = ERROR + 8;
    private static final int LAST = ERROR + 12;
    private static final byte COPIED = 1; // SO_EE_CODE_ZEROCOPY_COPIED

    private static final long LIMIT_NANOS = 1_000_000_000;

    private final int fd;
    private final NativeMemory message = new NativeMemory(MESSAGE_BYTES + ROOM_BYTES);
    private int sent;
    private boolean copied;

    /** Borrows {@code socket}. */
    public ZeroCopySocket(UdpSocket socket) throws KernelException {
        this.fd = socket.set(UdpSocket.SOL_SOCKET, UdpSocket.SO_ZEROCOPY, 1, "SO_ZEROCOPY")
                .fd();
        message.putLong(CONTROL, message.address() + MESSAGE_BYTES);
    }

    public void send(long address, long bytes) throws KernelException {
        long done = Libc.send(fd, address, bytes, MSG_ZEROCOPY);
        if (done != bytes) {
            throw KernelException.unexpected("send with MSG_ZEROCOPY", done);
        }
        sent++;
    }

    /** Waits until the kernel has let go of everything that was sent. */
    public void awaitCompletions() throws KernelException {
        long began = System.nanoTime();
        while (sent > 0) {
            message.putLong(CONTROL_LENGTH, ROOM_BYTES);
            if (Libc.recvmsg(fd, message.address(), MSG_ERRQUEUE) < 0) {
                if (Libc.errno() != Errno.EAGAIN || System.nanoTime() - began > LIMIT_NANOS) {
                    throw KernelException.last("recvmsg of completions");
                }
                Thread.onSpinWait();
                continue;
            }
            sent -= message.getInt(MESSAGE_BYTES + LAST) - message.getInt(MESSAGE_BYTES + FIRST) + 1;
            copied |= message.getByte(MESSAGE_BYTES + CODE) == COPIED;
        }
    }

    /** True when a completion said that the kernel has copied after all. */
    public boolean hasCopied() {
        return copied;
    }
}
