package dev.culvert.offload;

import io.netty.buffer.ByteBuf;

/**
 * A frame for the device as pieces of memory for one {@code writev}: first the virtio header with the first frame whole,
 * then the payloads of the frames that were joined to it. The addresses hold no buffer: whoever gave the frames keeps
 * their buffers until this one is written.
 */
public final class GatheredFrame {
    /** A receive brings at most 64 datagrams, and older kernels cut UDP into at most 64 (UDP_MAX_SEGMENTS). */
    public static final int MAX_PIECES = 64;

    private final long[] addresses = new long[MAX_PIECES];
    private final int[] lengths = new int[MAX_PIECES];
    private int pieces;
    private int bytes;

    GatheredFrame() {}

    void clear() {
        pieces = 0;
        bytes = 0;
    }

    void add(ByteBuf buffer, int index, int length) {
        addresses[pieces] = buffer.memoryAddress() + index;
        lengths[pieces] = length;
        pieces++;
        bytes += length;
    }

    boolean isFull() {
        return pieces == MAX_PIECES;
    }

    /** As many as frames were joined. */
    public int pieces() {
        return pieces;
    }

    public long address(int piece) {
        return addresses[piece];
    }

    public int length(int piece) {
        return lengths[piece];
    }

    /** Of all pieces, the virtio header included. */
    public int bytes() {
        return bytes;
    }
}
