package dev.culvert.crypto;

/** An implementation of a cipher that this machine has. Thread safe. */
public interface AeadEngine {
    /** The name in configuration files and in status: {@code openssl}. */
    String name();

    CipherSuite suite();

    /** A cipher with this key, which is copied. The caller closes it. */
    Aead keyed(SecretBytes key);
}
