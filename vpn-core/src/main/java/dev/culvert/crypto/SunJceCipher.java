package dev.culvert.crypto;

import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** ChaCha20-Poly1305 of the JDK's own provider, fast on JDK 25 once compiled. */
final class SunJceCipher implements ArrayCipher {
    static final String NAME = "sunjce";

    private static final String PROVIDER = "SunJCE";
    private static final String TRANSFORMATION = "ChaCha20-Poly1305";
    private static final String KEY_ALGORITHM = "ChaCha20";

    // Two, because one would remember the nonce it opened last and refuse to seal with the same.
    private final Cipher sealing;
    private final Cipher opening;
    private final SecretKeySpec key;

    private SunJceCipher(byte[] key) throws GeneralSecurityException {
        sealing = Cipher.getInstance(TRANSFORMATION, PROVIDER);
        opening = Cipher.getInstance(TRANSFORMATION, PROVIDER);
        this.key = new SecretKeySpec(key, KEY_ALGORITHM);
    }

    static AeadEngine engine() throws AeadUnavailableException {
        try {
            Cipher _ = Cipher.getInstance(TRANSFORMATION, PROVIDER);
            return new NamedAeadEngine(NAME, CipherSuite.CHACHA20_POLY1305, SunJceCipher::keyed);
        } catch (GeneralSecurityException e) {
            throw new AeadUnavailableException("this Java runtime has no " + TRANSFORMATION + " in " + PROVIDER, e);
        }
    }

    private static Aead keyed(byte[] key) {
        try {
            return new ScratchAead(new SunJceCipher(key));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("sunjce was there at start-up and is gone", e);
        }
    }

    @Override
    public void seal(byte[] nonce, byte[] source, int length, byte[] target) {
        try {
            sealing.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(nonce));
            int _ = sealing.doFinal(source, 0, length, target, 0);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("sunjce could not seal", e);
        }
    }

    @Override
    public boolean open(byte[] nonce, byte[] source, int sealedLength, byte[] target) {
        try {
            opening.init(Cipher.DECRYPT_MODE, key, new IvParameterSpec(nonce));
            int _ = opening.doFinal(source, 0, sealedLength, target, 0);
            return true;
        } catch (AEADBadTagException e) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("sunjce could not open", e);
        }
    }
}
