package dev.culvert.wire;

import io.netty.buffer.ByteBuf;

/**
 * What stands in front of each part of a frame that neither fits a datagram nor can be cut (docs/protocol.md,
 * "Fragments"). {@code index} is where it begins in its buffer; no method moves the buffer's indices or allocates.
 */
public final class FragmentHeader {
    static final int KIND = 0;
    static final int POSITION = KIND + Byte.BYTES;
    static final int FRAME_ID = POSITION + Byte.BYTES;
    public static final int BYTES = FRAME_ID + Short.BYTES;

    /** Positions are a byte. */
    public static final int MAX_FRAGMENTS = 256;

    public static final int MAX_FRAME_ID = 0xffff;

    private static final int KIND_FRAGMENT = 0x20;
    private static final int FLAG_LAST = 1;

    private FragmentHeader() {}

    /** @param position from 0 */
    public static void write(ByteBuf buffer, int index, int position, boolean isLast, int frameId) {
        buffer.setByte(index + KIND, isLast ? KIND_FRAGMENT | FLAG_LAST : KIND_FRAGMENT);
        buffer.setByte(index + POSITION, position);
        buffer.setShortLE(index + FRAME_ID, frameId);
    }

    /** Whether a payload is a fragment with something in it. Unknown flags change what it means: fail safe. */
    public static boolean isValid(ByteBuf buffer, int index, int payloadLength) {
        return payloadLength > BYTES && (buffer.getByte(index + KIND) & ~FLAG_LAST) == KIND_FRAGMENT;
    }

    public static boolean isLast(ByteBuf buffer, int index) {
        return (buffer.getByte(index + KIND) & FLAG_LAST) != 0;
    }

    public static int position(ByteBuf buffer, int index) {
        return buffer.getUnsignedByte(index + POSITION);
    }

    public static int frameId(ByteBuf buffer, int index) {
        return buffer.getUnsignedShortLE(index + FRAME_ID);
    }
}
