package dev.culvert.crypto;

import dev.culvert.crypto.openssl.LibCrypto;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** The engines for tests that want all of them, or one. */
final class TestEngines {
    private TestEngines() {}

    static List<AeadEngine> all() throws AeadUnavailableException {
        return List.of(openssl(), SunJceCipher.engine(), BouncyCastleCipher.engine());
    }

    /** Skips the test on a machine without OpenSSL 3, saying so. */
    static AeadEngine openssl() {
        try {
            return OpenSslAead.engine(CipherSuite.CHACHA20_POLY1305, LibCrypto.LIBRARY);
        } catch (AeadUnavailableException e) {
            return Assumptions.abort("no openssl engine: " + e.getMessage());
        }
    }

    static Aead keyed(AeadEngine engine, int firstByte) {
        byte[] key = new byte[Aead.KEY_BYTES];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) (firstByte + i);
        }
        try (SecretBytes secret = SecretBytes.owning(key)) {
            return engine.keyed(secret);
        }
    }
}
