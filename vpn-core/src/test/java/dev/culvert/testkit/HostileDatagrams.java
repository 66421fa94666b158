package dev.culvert.testkit;

import java.nio.ByteBuffer;
import java.util.Random;

/** What somebody without a key might send. */
public final class HostileDatagrams {
    private HostileDatagrams() {}

    /** Half of them with a type and a length of ours, so that they get further than the first check. */
    public static byte[] random(Random random) {
        int type = random.nextInt(8);
        int length = switch (type) {
            case 1 -> 148;
            case 2 -> 92;
            case 3 -> 64;
            default -> random.nextInt(1400);
        };
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        if (type <= 4 && length >= Integer.BYTES) {
            ByteBuffer.wrap(bytes).putInt(type << 24); // type and three reserved zero bytes
        }
        return bytes;
    }

    /** {@code genuine} with one bit of one byte changed. */
    public static byte[] flipped(byte[] genuine, int index) {
        byte[] forged = genuine.clone();
        forged[index] ^= 0x10;
        return forged;
    }
}
