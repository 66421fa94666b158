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
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("a public key has " + BYTES + " bytes, not " + bytes.length);
        }
        return new PublicKey(bytes.clone());
    }

    public static PublicKey fromBase64(String text) throws KeyFormatException {
        return new PublicKey(KeyText.parse(text));
    }

    public byte[] toBytes() {
        return bytes.clone();
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
