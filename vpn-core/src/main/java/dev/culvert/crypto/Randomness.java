package dev.culvert.crypto;

import java.nio.ByteBuffer;
import java.security.SecureRandom;

/** Where keys, receiver indices and nonces come from; a test may pass a seeded source. */
@FunctionalInterface
public interface Randomness {
    void fill(byte[] target);

    default byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        fill(bytes);
        return bytes;
    }

    /** Any of the 2^32 values: a receiver index, which must tell an observer nothing. */
    default int nextIndex() {
        return ByteBuffer.wrap(bytes(Integer.BYTES)).getInt();
    }

    /** From 0 to {@code bound}, exclusive; evenly enough for jitter, not for keys. */
    default long below(long bound) {
        return Math.floorMod(ByteBuffer.wrap(bytes(Long.BYTES)).getLong(), bound);
    }

    /** The generator of the operating system. Thread safe. */
    static Randomness system() {
        return new SecureRandom()::nextBytes;
    }
}
