package dev.culvert.crypto;

import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.modes.ChaCha20Poly1305;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;

/** ChaCha20-Poly1305 of Bouncy Castle: slow, always there, and the reference the other engines are compared with. */
final class BouncyCastleCipher implements ArrayCipher {
    static final String NAME = "bc";

    // Two, because one would remember the nonce it opened last and refuse to seal with the same.
    private final ChaCha20Poly1305 sealing = new ChaCha20Poly1305();
    private final ChaCha20Poly1305 opening = new ChaCha20Poly1305();
    private final KeyParameter key;

    BouncyCastleCipher(byte[] key) {
        this.key = new KeyParameter(key);
    }

    static AeadEngine engine() {
        return new NamedAeadEngine(
                NAME, CipherSuite.CHACHA20_POLY1305, key -> new ScratchAead(new BouncyCastleCipher(key)));
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
