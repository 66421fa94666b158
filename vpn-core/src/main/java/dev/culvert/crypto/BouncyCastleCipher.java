package dev.culvert.crypto;

import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.modes.AEADCipher;
import org.bouncycastle.crypto.modes.ChaCha20Poly1305;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;

/** The AEADs of Bouncy Castle: slow, always there, and the reference the other engines are compared with. */
final class BouncyCastleCipher implements ArrayCipher {
    static final String NAME = "bc";

    // Two, because one would remember the nonce it opened last and refuse to seal with the same.
    private final AEADCipher sealing;
    private final AEADCipher opening;
    private final KeyParameter key;

    BouncyCastleCipher(CipherSuite suite, byte[] key) {
        this.sealing = newCipher(suite);
        this.opening = newCipher(suite);
        this.key = new KeyParameter(key);
    }

    private static AEADCipher newCipher(CipherSuite suite) {
        return switch (suite) {
            case CHACHA20_POLY1305 -> new ChaCha20Poly1305();
            case AES_256_GCM -> GCMBlockCipher.newInstance(AESEngine.newInstance());
        };
    }

    static AeadEngine engine(CipherSuite suite) {
        return new NamedAeadEngine(NAME, suite, key -> new ScratchAead(new BouncyCastleCipher(suite, key)));
    }

    @Override
    public void seal(byte[] nonce, byte[] source, int length, byte[] target) {
        sealing.init(true, new ParametersWithIV(key, nonce));
        try {
            int written = sealing.processBytes(source, 0, length, target, 0);
            int _ = sealing.doFinal(target, written);
        } catch (InvalidCipherTextException e) {
            throw new IllegalStateException("bc could not seal", e);
        }
    }

    @Override
    public boolean open(byte[] nonce, byte[] source, int sealedLength, byte[] target) {
        opening.init(false, new ParametersWithIV(key, nonce));
        try {
            int written = opening.processBytes(source, 0, sealedLength, target, 0);
            int _ = opening.doFinal(target, written);
            return true;
        } catch (InvalidCipherTextException e) {
            return false;
        }
    }
}
