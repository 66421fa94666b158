package dev.culvert.crypto;

import java.util.Arrays;

/**
 * Raw secret bytes on the heap, zeroed by {@link #close}. The JVM may have moved the array before and left a copy
 * behind; SECURITY.md says what follows from that. Not thread safe.
 */
public final class SecretBytes implements AutoCloseable {
    private final byte[] bytes;

    private SecretBytes(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Takes ownership of {@code bytes}: the caller neither keeps nor changes the array. */
    public static SecretBytes owning(byte[] bytes) {
        return new SecretBytes(bytes);
    }

    public int length() {
        return bytes.length;
    }

    /** The secret itself, not a copy: callers neither keep nor change it. */
    public byte[] reveal() {
        return bytes;
    }

    @Override
    public void close() {
        Arrays.fill(bytes, (byte) 0);
    }

    @Override
    public String toString() {
        return "SecretBytes(" + bytes.length + ")";
    }
}
