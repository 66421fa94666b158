package dev.culvert.crypto;

import java.security.GeneralSecurityException;
import java.security.spec.AlgorithmParameterSpec;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The AEADs of the JDK's own provider, fast on JDK 25 once compiled. On arrays only: AES-GCM of JDK 25, given a direct
 * buffer, zeroes everything in front of its target after a forgery.
 */
final class SunJceCipher implements ArrayCipher {
    static final String NAME = "sunjce";

    private static final String PROVIDER = "SunJCE";

    /** What the JDK calls a suite, and how it wants the nonce. */
    private enum Algorithm {
        CHACHA20_POLY1305("ChaCha20-Poly1305", "ChaCha20") {
            @Override
            AlgorithmParameterSpec parameters(byte[] nonce) {
                return new IvParameterSpec(nonce);
            }
        },
        AES_256_GCM("AES/GCM/NoPadding", "AES") {
            @Override
            AlgorithmParameterSpec parameters(byte[] nonce) {
                return new GCMParameterSpec(Aead.TAG_BYTES * Byte.SIZE, nonce);
            }
        };

        private final String transformation;
        private final String keyAlgorithm;

        Algorithm(String transformation, String keyAlgorithm) {
            this.transformation = transformation;
            this.keyAlgorithm = keyAlgorithm;
        }

        abstract AlgorithmParameterSpec parameters(byte[] nonce);

        static Algorithm of(CipherSuite suite) {
            return switch (suite) {
                case CHACHA20_POLY1305 -> CHACHA20_POLY1305;
                case AES_256_GCM -> AES_256_GCM;
            };
        }
    }

    // Two, because one would remember the nonce it opened last and refuse to seal with the same.
    private final Cipher sealing;
    private final Cipher opening;
    private final Algorithm algorithm;
    private final SecretKeySpec key;

    private SunJceCipher(Algorithm algorithm, byte[] key) throws GeneralSecurityException {
        this.algorithm = algorithm;
        sealing = Cipher.getInstance(algorithm.transformation, PROVIDER);
        opening = Cipher.getInstance(algorithm.transformation, PROVIDER);
        this.key = new SecretKeySpec(key, algorithm.keyAlgorithm);
    }

    static AeadEngine engine(CipherSuite suite) throws AeadUnavailableException {
        Algorithm algorithm = Algorithm.of(suite);
        try {
            Cipher _ = Cipher.getInstance(algorithm.transformation, PROVIDER);
            return new NamedAeadEngine(NAME, suite, key -> keyed(algorithm, key));
        } catch (GeneralSecurityException e) {
            throw new AeadUnavailableException(
                    "this Java runtime has no " + algorithm.transformation + " in " + PROVIDER, e);
        }
    }

    private static Aead keyed(Algorithm algorithm, byte[] key) {
        try {
            return new ScratchAead(new SunJceCipher(algorithm, key));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("sunjce was there at start-up and is gone", e);
        }
    }

    @Override
    public void seal(byte[] nonce, byte[] source, int length, byte[] target) {
        try {
            sealing.init(Cipher.ENCRYPT_MODE, key, algorithm.parameters(nonce));
            int _ = sealing.doFinal(source, 0, length, target, 0);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("sunjce could not seal", e);
        }
    }

    @Override
    public boolean open(byte[] nonce, byte[] source, int sealedLength, byte[] target) {
        try {
            opening.init(Cipher.DECRYPT_MODE, key, algorithm.parameters(nonce));
            int _ = opening.doFinal(source, 0, sealedLength, target, 0);
            return true;
        } catch (AEADBadTagException e) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("sunjce could not open", e);
        }
    }
}
