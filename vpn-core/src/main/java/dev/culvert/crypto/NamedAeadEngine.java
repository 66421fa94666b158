package dev.culvert.crypto;

/** An engine that is nothing more than its name and a way to make a cipher from a key. */
record NamedAeadEngine(String name, CipherSuite suite, Keying keying) implements AeadEngine {
    interface Keying {
        /** Copies the {@link Aead#KEY_BYTES} bytes of {@code key}, neither keeps nor changes them. */
        Aead keyed(byte[] key);
    }

    @Override
    public Aead keyed(SecretBytes key) {
        if (key.length() != Aead.KEY_BYTES) {
            throw new IllegalArgumentException("a key has " + Aead.KEY_BYTES + " bytes, not " + key.length());
        }
        return keying.keyed(key.reveal());
    }
}
