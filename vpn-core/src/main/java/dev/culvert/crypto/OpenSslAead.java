package dev.culvert.crypto;

import dev.culvert.crypto.openssl.EvpCipher;
import dev.culvert.crypto.openssl.EvpOpener;
import dev.culvert.crypto.openssl.EvpSealer;
import dev.culvert.crypto.openssl.LibCrypto;
import dev.culvert.crypto.openssl.LibCryptoException;
import io.netty.buffer.ByteBuf;
import java.lang.ref.Reference;
import java.nio.ReadOnlyBufferException;
import java.util.Objects;

/**
 * The AEAD of libcrypto, straight from buffer to buffer. Native code believes any address, so everything that keeps it
 * inside the buffers is here: ranges, kind of buffer, and the buffers staying reachable until the call is over.
 */
final class OpenSslAead implements Aead {
    static final String NAME = "openssl";

    // Both at once, though most ciphers serve one direction: to make the second one later, the key would have to wait
    // on the heap, where the collector may copy it.
    private final EvpSealer sealer;
    private final EvpOpener opener;

    private OpenSslAead(EvpSealer sealer, EvpOpener opener) {
        this.sealer = sealer;
        this.opener = opener;
    }

    /** @param library {@link LibCrypto#LIBRARY}, but for tests */
    static AeadEngine engine(CipherSuite suite, String library) throws AeadUnavailableException {
        try {
            EvpCipher cipher = LibCrypto.load(library).cipher(algorithm(suite));
            return new NamedAeadEngine(NAME, suite, key -> keyed(cipher, key));
        } catch (LibCryptoException e) {
            throw new AeadUnavailableException(e.getMessage(), e);
        }
    }

    private static String algorithm(CipherSuite suite) {
        return switch (suite) {
            case CHACHA20_POLY1305 -> "ChaCha20-Poly1305";
        };
    }

    private static Aead keyed(EvpCipher cipher, byte[] key) {
        EvpSealer sealer = cipher.sealer(key);
        try {
            return new OpenSslAead(sealer, cipher.opener(key));
        } catch (RuntimeException e) {
            sealer.close();
            throw e;
        }
    }

    @Override
    public void seal(long counter, ByteBuf source, int sourceIndex, int length, ByteBuf target, int targetIndex) {
        Objects.checkFromIndexSize(sourceIndex, length, source.capacity());
        Objects.checkFromIndexSize(targetIndex, length + TAG_BYTES, target.capacity());
        try {
            long from = addressOf(source) + sourceIndex;
            long to = writableAddressOf(target) + targetIndex;
            requireSameOrApart(from, length, to, length + TAG_BYTES);
            sealer.seal(counter, from, length, to);
        } finally {
            Reference.reachabilityFence(source);
            Reference.reachabilityFence(target);
        }
    }

    @Override
    public boolean open(
            long counter, ByteBuf source, int sourceIndex, int sealedLength, ByteBuf target, int targetIndex) {
        int length = sealedLength - TAG_BYTES; // negative without room for a tag, and then refused here:
        Objects.checkFromIndexSize(targetIndex, length, target.capacity());
        Objects.checkFromIndexSize(sourceIndex, sealedLength, source.capacity());
        try {
            long from = addressOf(source) + sourceIndex;
            long to = writableAddressOf(target) + targetIndex;
            requireSameOrApart(from, sealedLength, to, length);
            return openOrWipe(counter, from, length, to, target, targetIndex);
        } finally {
            Reference.reachabilityFence(source);
            Reference.reachabilityFence(target);
        }
    }

    /** libcrypto writes the plaintext before it has seen the whole ciphertext, and leaves it there. */
    private boolean openOrWipe(long counter, long from, int length, long to, ByteBuf target, int targetIndex) {
        boolean genuine = false;
        try {
            genuine = opener.open(counter, from, length, to);
        } finally {
            if (!genuine) {
                target.setZero(targetIndex, length);
            }
        }
        return genuine;
    }

    private static long addressOf(ByteBuf buffer) {
        if (!buffer.hasMemoryAddress()) {
            throw new IllegalArgumentException("not one piece of native memory: " + buffer);
        }
        return buffer.memoryAddress();
    }

    private static long writableAddressOf(ByteBuf buffer) {
        if (buffer.isReadOnly()) {
            throw new ReadOnlyBufferException();
        }
        return addressOf(buffer);
    }

    /** Ranges that overlap otherwise would seal something else than the caller meant. */
    private static void requireSameOrApart(long from, int fromLength, long to, int toLength) {
        if (from != to && from < to + toLength && to < from + fromLength) {
            throw new IllegalArgumentException("source and target overlap without being the same");
        }
    }

    @Override
    public void close() {
        sealer.close();
        opener.close();
    }
}
