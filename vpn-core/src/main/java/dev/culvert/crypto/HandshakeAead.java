package dev.culvert.crypto;

import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.modes.ChaCha20Poly1305;
import org.bouncycastle.crypto.modes.XChaCha20Poly1305;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;

/** The ciphers of handshake messages: with associated data, over arrays, and in no hurry. Frames have {@link Aead}. */
public enum HandshakeAead {
    /** RFC 8439; a nonce of 12 bytes. Seals the fields of initiations and responses. */
    CHACHA20_POLY1305 {
        @Override
        ChaCha20Poly1305 newCipher() {
            return new ChaCha20Poly1305();
        }
    },
    /** draft-irtf-cfrg-xchacha-03; a nonce of 24 bytes, long enough to be random. Seals cookies. */
    XCHACHA20_POLY1305 {
        @Override
        ChaCha20Poly1305 newCipher() {
            return new XChaCha20Poly1305();
        }
    };

    public static final int TAG_BYTES = 16;
    private static final int TAG_BITS = TAG_BYTES * Byte.SIZE;

    abstract ChaCha20Poly1305 newCipher();

    /** Ciphertext and tag. */
    public byte[] seal(byte[] key, byte[] nonce, byte[] associatedData, byte[] plaintext) {
        try {
            return process(true, key, nonce, associatedData, plaintext);
        } catch (InvalidCipherTextException onlyWhenOpening) {
            throw new AssertionError(onlyWhenOpening);
        }
    }

    /** The plaintext; empty when the tag does not fit, or there is not even room for one. */
    public Optional<byte[]> open(byte[] key, byte[] nonce, byte[] associatedData, byte[] sealed) {
        if (sealed.length < TAG_BYTES) {
            return Optional.empty();
        }
        try {
            return Optional.of(process(false, key, nonce, associatedData, sealed));
        } catch (InvalidCipherTextException _) {
            return Optional.empty();
        }
    }

    private byte[] process(boolean seals, byte[] key, byte[] nonce, byte[] associatedData, byte[] input)
            throws InvalidCipherTextException {
        ChaCha20Poly1305 cipher = newCipher();
        cipher.init(seals, new AEADParameters(new KeyParameter(key), TAG_BITS, nonce, associatedData));
        byte[] output = new byte[cipher.getOutputSize(input.length)];
        try {
            int done = cipher.processBytes(input, 0, input.length, output, 0);
            cipher.doFinal(output, done);
            return output;
        } catch (InvalidCipherTextException forged) {
            Arrays.fill(output, (byte) 0);
            throw forged;
        }
    }
}
