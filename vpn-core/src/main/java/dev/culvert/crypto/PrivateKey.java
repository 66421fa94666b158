package dev.culvert.crypto;

import org.bouncycastle.math.ec.rfc7748.X25519;

/** An X25519 private key (RFC 7748), 32 bytes, clamped when used. Never printed; {@link #close} wipes it. */
public final class PrivateKey implements AutoCloseable {
    public static final int BYTES = KeyText.KEY_BYTES;

    private final SecretBytes secret;
    private final PublicKey publicKey;

    private PrivateKey(byte[] owned) {
        byte[] point = new byte[BYTES];
        X25519.generatePublicKey(owned, 0, point, 0);
        this.secret = SecretBytes.owning(owned);
        this.publicKey = PublicKey.of(point);
    }

    /** Copies {@code bytes}, which must be {@value #BYTES} long. */
    public static PrivateKey of(byte[] bytes) {
        return new PrivateKey(KeyText.copyOf(bytes));
    }

    public static PrivateKey fromBase64(String text) throws KeyFormatException {
        return new PrivateKey(KeyText.parse(text));
    }

    /** A new key, clamped already, as {@code wg genkey} makes them. */
    public static PrivateKey generate(Randomness random) {
        byte[] scalar = random.bytes(BYTES);
        X25519.clampPrivateKey(scalar);
        return new PrivateKey(scalar);
    }

    public PublicKey publicKey() {
        return publicKey;
    }

    /** For a key file only: the secret as text. */
    public String revealBase64() {
        return KeyText.format(secret.reveal());
    }

    /** The secret itself, not a copy: callers in this package neither keep nor change it. */
    byte[] reveal() {
        return secret.reveal();
    }

    @Override
    public void close() {
        secret.close();
    }

    @Override
    public String toString() {
        return "PrivateKey(secret)";
    }
}
