package dev.culvert.crypto;

import java.util.Arrays;

/** A symmetric key that both ends mix into their handshakes, 32 bytes. Never printed; {@link #close} wipes it. */
public final class PresharedKey implements AutoCloseable {
    public static final int BYTES = KeyText.KEY_BYTES;

    private final byte[] bytes;

    private PresharedKey(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Copies {@code bytes}, which must be {@value #BYTES} long. */
    public static PresharedKey of(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("a key has " + BYTES + " bytes, not " + bytes.length);
        }
        return new PresharedKey(bytes.clone());
    }

    public static PresharedKey fromBase64(String text) throws KeyFormatException {
        return new PresharedKey(KeyText.parse(text));
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
        return "PresharedKey(secret)";
    }
}
