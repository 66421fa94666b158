package dev.culvert.bench.kernel;

/** Datagrams of one size for one sendmmsg(2) or recvmmsg(2): an array of struct mmsghdr, each with an iovec of one entry. */
public final class MessageBatch {
    private static final int HEADER_BYTES = 64; // struct mmsghdr, 64-bit
    private static final int IOV = 16; // in struct msghdr
    private static final int IOV_LENGTH = 24;
    private static final int MESSAGE_BYTES = 56; // msg_len, behind struct msghdr
    private static final int IOVEC_BYTES = 16;

    private final NativeMemory headers;
    private final NativeMemory payload; // held, because the headers point there
    private final int count;

    /** Every datagram is sent from, and received into, all of {@code payload}. */
    public MessageBatch(NativeMemory payload, int count) {
        this.headers = new NativeMemory((long) count * (HEADER_BYTES + IOVEC_BYTES));
        this.payload = payload;
        this.count = count;
        long vectors = (long) count * HEADER_BYTES;
        for (int i = 0; i < count; i++) {
            long vector = vectors + (long) i * IOVEC_BYTES;
            headers.putLong(vector, payload.address());
            headers.putLong(vector + Long.BYTES, payload.bytes());
            headers.putLong((long) i * HEADER_BYTES + IOV, headers.address() + vector);
            headers.putLong((long) i * HEADER_BYTES + IOV_LENGTH, 1);
        }
    }

    public void send(int fd) throws KernelException {
        check("sendmmsg", Libc.sendmmsg(fd, headers.address(), count, 0));
    }

    public void receive(int fd) throws KernelException {
        check("recvmmsg", Libc.recvmmsg(fd, headers.address(), count, UdpSocket.MSG_DONTWAIT));
    }

    private void check(String operation, int done) throws KernelException {
        if (done != count) {
            throw KernelException.unexpected(operation, done);
        }
        int last = headers.getInt((long) (count - 1) * HEADER_BYTES + MESSAGE_BYTES);
        if (last != payload.bytes()) {
            throw KernelException.carried("the last of a " + operation, last);
        }
    }
}
