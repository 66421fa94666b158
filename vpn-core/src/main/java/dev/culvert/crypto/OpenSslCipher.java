package dev.culvert.crypto;

import dev.culvert.crypto.openssl.EvpCipher;
import dev.culvert.crypto.openssl.EvpOpener;
import dev.culvert.crypto.openssl.EvpSealer;
import dev.culvert.crypto.openssl.LibCrypto;
import dev.culvert.crypto.openssl.LibCryptoException;

/** The AEADs of libcrypto. */
final class OpenSslCipher implements AddressCipher {
    static final String NAME = "openssl";

    // Both at once, though most ciphers serve one direction: to make the second one later, the key would have to wait
    // on the heap, where the collector may copy it.
    private final EvpSealer sealer;
    private final EvpOpener opener;

    private OpenSslCipher(EvpSealer sealer, EvpOpener opener) {
        this.sealer = sealer;
        this.opener = opener;
    }

    /** @param library {@link LibCrypto#LIBRARY}, but for tests */
    static AeadEngine engine(CipherSuite suite, String library) throws AeadUnavailableException {
        try {
            EvpCipher cipher = LibCrypto.load(library).cipher(algorithm(suite));
            return new NamedAeadEngine(NAME, suite, key -> new DirectAead(keyed(cipher, key)));
        } catch (LibCryptoException e) {
            throw new AeadUnavailableException(e.getMessage(), e);
        }
    }

    private static String algorithm(CipherSuite suite) {
        return switch (suite) {
            case CHACHA20_POLY1305 -> "ChaCha20-Poly1305";
            case AES_256_GCM -> "AES-256-GCM";
        };
    }

    private static AddressCipher keyed(EvpCipher cipher, byte[] key) {
        EvpSealer sealer = cipher.sealer(key);
        try {
            return new OpenSslCipher(sealer, cipher.opener(key));
        } catch (RuntimeException e) {
            sealer.close();
            throw e;
        }
    }

    @Override
    public void seal(long counter, long source, int length, long target) {
        sealer.seal(counter, source, length, target);
    }

    @Override
    public boolean open(long counter, long source, int length, long target) {
        return opener.open(counter, source, length, target);
    }

    @Override
    public void close() {
        sealer.close();
        opener.close();
    }
}
