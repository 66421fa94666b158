package dev.culvert.crypto;

/** A symmetric key that both ends mix into their handshakes, 32 bytes. Never printed; {@link #close} wipes it. */
public final class PresharedKey implements AutoCloseable {
    public static final int BYTES = KeyText.KEY_BYTES;

    private final SecretBytes secret;

    private PresharedKey(byte[] owned) {
        this.secret = SecretBytes.owning(owned);
    }

    /** Copies {@code bytes}, which must be {@value #BYTES} long. */
    public static PresharedKey of(byte[] bytes) {
        return new PresharedKey(KeyText.copyOf(bytes));
    }

    public static PresharedKey fromBase64(String text) throws KeyFormatException {
        return new PresharedKey(KeyText.parse(text));
    }

    /** A new key, as {@code wg genpsk} makes them. */
    public static PresharedKey generate(Randomness random) {
        return new PresharedKey(random.bytes(BYTES));
    }

    /** For a key file only: the secret as text. */
    public String revealBase64() {
        return KeyText.format(secret.reveal());
    }

    /** Borrowed: valid until this key is closed. */
    public SecretBytes secret() {
        return secret;
    }

    @Override
    public void close() {
        secret.close();
    }

    @Override
    public String toString() {
        return "PresharedKey(secret)";
    }
}
