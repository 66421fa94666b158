package dev.culvert.wire;

import io.netty.buffer.ByteBuf;

/**
 * The message that carries frames and packets (WireGuard white paper, section 5.4.6): a header, then ciphertext and
 * tag. {@code index} is where the message begins in its buffer; no method moves the buffer's indices or allocates.
 */
public final class TransportMessage {
    public static final int TAG_BYTES = Layout.TAG_BYTES;

    static final int TYPE = 4;

    static final int RECEIVER_INDEX = Layout.TYPE_WORD_BYTES;
    static final int COUNTER = RECEIVER_INDEX + Layout.INDEX_BYTES;
    public static final int HEADER_BYTES = COUNTER + Layout.COUNTER_BYTES;

    /** A keepalive: nothing, sealed. */
    public static final int MIN_LENGTH = HEADER_BYTES + TAG_BYTES;

    private TransportMessage() {}

    public static int receiverIndex(ByteBuf buffer, int index) {
        return buffer.getIntLE(index + RECEIVER_INDEX);
    }

    /** Unsigned. */
    public static long counter(ByteBuf buffer, int index) {
        return buffer.getLongLE(index + COUNTER);
    }

    public static void writeHeader(ByteBuf buffer, int index, int receiverIndex, long counter) {
        buffer.setIntLE(index, TYPE);
        buffer.setIntLE(index + RECEIVER_INDEX, receiverIndex);
        buffer.setLongLE(index + COUNTER, counter);
    }
}
