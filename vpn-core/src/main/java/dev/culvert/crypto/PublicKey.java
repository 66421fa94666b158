package dev.culvert.crypto;

import java.security.MessageDigest;
import java.util.Arrays;

/** An X25519 public key (RFC 7748), 32 bytes. Immutable; compared in constant time. */
public final class PublicKey {
    public static final int BYTES = KeyText.KEY_BYTES;

    private final byte[] bytes;

    private PublicKey(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Copies {@code bytes}, which must be {@value #BYTES} long. */
    public static PublicKey of(byte[] bytes) {
        return new PublicKey(KeyText.copyOf(bytes));
    }

    public static PublicKey fromBase64(String text) throws KeyFormatException {
        return new PublicKey(KeyText.parse(text));
    }

    public byte[] toBytes() {
        return bytes.clone();
    }

    /** The bytes themselves, not a copy: callers in this package do not change them. */
    byte[] borrow() {
        return bytes;
    }

    public String toBase64() {
        return KeyText.format(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PublicKey key && MessageDigest.isEqual(bytes, key.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return toBase64();
    }
}
