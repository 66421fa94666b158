package dev.culvert.crypto;

import java.util.Arrays;
import org.bouncycastle.math.ec.rfc7748.X25519;

/** An X25519 private key (RFC 7748), 32 bytes, clamped when used. Never printed; {@link #close} wipes it. */
public final class PrivateKey implements AutoCloseable {
    public static final int BYTES = KeyText.KEY_BYTES;

    private final byte[] bytes;

    private PrivateKey(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Copies {@code bytes}, which must be {@value #BYTES} long. */
    public static PrivateKey of(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("a key has " + BYTES + " bytes, not " + bytes.length);
        }
        return new PrivateKey(bytes.clone());
    }

    public static PrivateKey fromBase64(String text) throws KeyFormatException {
        return new PrivateKey(KeyText.parse(text));
    }

    public PublicKey publicKey() {
        byte[] point = new byte[BYTES];
        X25519.generatePublicKey(bytes, 0, point, 0);
        return PublicKey.of(point);
    }

    /** For a key file only: the secret as text. */
    public String revealBase64() {
        return KeyText.format(bytes);
    }

    /** The secret itself, not a copy: callers in this package neither keep nor change it. */
    byte[] reveal() {
        return bytes;
    }

    @Override
    public void close() {
        Arrays.fill(bytes, (byte) 0);
    }

    @Override
    public String toString() {
        return "PrivateKey(secret)";
    }
}
