package dev.culvert.crypto;

/** Which cipher the operator wants frames to be sealed with. */
public enum CipherChoice {
    /** Whichever of the two is cheaper for both ends. */
    AUTO("auto"),
    CHACHA20_POLY1305(CipherSuite.CHACHA20_POLY1305.text()),
    AES_256_GCM(CipherSuite.AES_256_GCM.text());

    private final String text;

    CipherChoice(String text) {
        this.text = text;
    }

    /** The name in configuration files and in status. */
    public String text() {
        return text;
    }
}
