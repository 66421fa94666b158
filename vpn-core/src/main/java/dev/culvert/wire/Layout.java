package dev.culvert.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Field sizes that the messages share, and little-endian integers in arrays. */
final class Layout {
    /** The type and three reserved zero bytes, read as one little-endian integer. */
    static final int TYPE_WORD_BYTES = 4;

    static final int INDEX_BYTES = 4;
    static final int COUNTER_BYTES = 8;
    static final int KEY_BYTES = 32;
    static final int TAG_BYTES = 16;
    static final int MAC_BYTES = 16;
    static final int TIMESTAMP_BYTES = 12;

    private static final VarHandle INT_LE = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private Layout() {}

    static int getInt(byte[] message, int offset) {
        return (int) INT_LE.get(message, offset);
    }

    static void putInt(byte[] message, int offset, int value) {
        INT_LE.set(message, offset, value);
    }

    static boolean matches(byte[] message, int type, int length) {
        return message.length == length && getInt(message, 0) == type;
    }
}
