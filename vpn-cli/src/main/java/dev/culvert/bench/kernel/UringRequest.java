package dev.culvert.bench.kernel;

/** What an io_uring is asked to do; linux/io_uring.h. */
public enum UringRequest {
    READ(22, 0, -1),
    WRITE(23, 0, -1),
    SEND(26, 0, 0),
    /** Asks for a report on whether the kernel copied. */
    SEND_ZERO_COPY(47, 1 << 3, 0),
    /** The same from a registered buffer. */
    SEND_ZERO_COPY_REGISTERED(47, 1 << 3 | 1 << 2, 0);

    private final byte opcode;
    private final short priorityFlags;
    private final long offset;

    UringRequest(int opcode, int priorityFlags, long offset) {
        this.opcode = (byte) opcode;
        this.priorityFlags = (short) priorityFlags;
        this.offset = offset;
    }

    byte opcode() {
        return opcode;
    }

    short priorityFlags() {
        return priorityFlags;
    }

    /** In the file; -1 where there is only one. */
    long offset() {
        return offset;
    }
}
