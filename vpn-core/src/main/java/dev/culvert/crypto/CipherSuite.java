package dev.culvert.crypto;

/** The ciphers a session can be sealed with; all have 32-byte keys, 8-byte counters as nonces and 16-byte tags. */
public enum CipherSuite {
    /** RFC 8439, the cipher of WireGuard. */
    CHACHA20_POLY1305("chacha20-poly1305"),
    /** NIST SP 800-38D, between Culverts only. */
    AES_256_GCM("aes-256-gcm");

    private final String text;

    CipherSuite(String text) {
        this.text = text;
    }

    /** The name in configuration files and in status. */
    public String text() {
        return text;
    }
}
