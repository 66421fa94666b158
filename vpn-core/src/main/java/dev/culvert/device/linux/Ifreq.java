package dev.culvert.device.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** {@code struct ifreq} of linux/if.h: the name of an interface and a union, of which only the flags are used. */
final class Ifreq {
    static final int NAME_BYTES = 16; // IFNAMSIZ, with the final zero

    private static final int FLAGS = NAME_BYTES;
    private static final int BYTES = 40; // on 64-bit

    private final ByteBuffer struct = ByteBuffer.allocate(BYTES).order(ByteOrder.nativeOrder());

    Ifreq(String name, int flags) {
        struct.put(0, name.getBytes(StandardCharsets.UTF_8));
        struct.putShort(FLAGS, (short) flags);
    }

    int flags() {
        return Short.toUnsignedInt(struct.getShort(FLAGS));
    }

    /** What the kernel reads, and writes its answer to. */
    byte[] bytes() {
        return struct.array();
    }
}
