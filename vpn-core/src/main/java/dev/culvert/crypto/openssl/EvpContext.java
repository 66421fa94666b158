package dev.culvert.crypto.openssl;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Reference;
import java.nio.ByteOrder;

/**
 * An {@code EVP_CIPHER_CTX} for one key and one direction: the key is set once, a packet only sets its nonce. Used by
 * one thread at a time; the thread may change.
 *
 * <p>Addresses are taken as they come. Whoever calls has checked that the whole range is inside memory that stays
 * allocated until the call returns.
 */
public final class EvpContext implements AutoCloseable {
    private static final int TAG_BYTES = 16;
    private static final int GET_TAG = 0x10; // EVP_CTRL_AEAD_GET_TAG, openssl/evp.h
    private static final int SET_TAG = 0x11; // EVP_CTRL_AEAD_SET_TAG

    private static final ValueLayout.OfLong COUNTER = JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final long COUNTER_OFFSET = 4;
    private static final long WRITTEN = 16; // int, after the 12-byte nonce
    private static final long REST = 32; // where EVP_*Final_ex would write, if these ciphers had a last block
    private static final long SCRATCH_BYTES = 64;

    private final LibCrypto library;
    private final LibCrypto.Direction direction;

    // Nothing secret, so it may wait for the collector: a confined arena would tie the context to the thread that
    // made the key, a shared one would stop every thread of the process for each session that ends.
    private final MemorySegment scratch = Arena.ofAuto().allocate(SCRATCH_BYTES, Long.BYTES);
    private long context;

    EvpContext(LibCrypto library, LibCrypto.Direction direction, long cipher, byte[] key) {
        this.library = library;
        this.direction = direction;
        context = library.newContext();
        require(context != 0, "EVP_CIPHER_CTX_new");
        if (!setKey(cipher, key)) {
            close();
            throw new IllegalStateException("libcrypto refused the key");
        }
    }

    private boolean setKey(long cipher, byte[] key) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment copy = arena.allocate(key.length);
            copy.copyFrom(MemorySegment.ofArray(key));
            boolean accepted = library.init(direction, context, cipher, copy.address(), 0);
            copy.fill((byte) 0);
            return accepted;
        }
    }

    /** Writes {@code length} bytes of ciphertext and the tag to {@code target}. Only for a sealing context. */
    public void seal(long counter, long source, int length, long target) {
        try {
            begin(counter);
            require(update(source, length, target), "EVP_EncryptUpdate");
            require(finish(), "EVP_EncryptFinal_ex");
            require(library.control(open(), GET_TAG, TAG_BYTES, target + length), "EVP_CTRL_AEAD_GET_TAG");
        } finally {
            Reference.reachabilityFence(scratch);
        }
    }

    /**
     * Writes {@code length} bytes of plaintext to {@code target}; the tag follows the ciphertext. Only for an opening
     * context.
     *
     * @return false when the tag does not fit. The plaintext is in {@code target} all the same, and the caller wipes it;
     *     so it does after an exception
     */
    public boolean open(long counter, long source, int length, long target) {
        try {
            begin(counter);
            // Before the update: in place, nothing says that the tag survives it.
            require(library.control(open(), SET_TAG, TAG_BYTES, source + length), "EVP_CTRL_AEAD_SET_TAG");
            require(update(source, length, target), "EVP_DecryptUpdate");
            return finish();
        } finally {
            Reference.reachabilityFence(scratch);
        }
    }

    private void begin(long counter) {
        scratch.set(COUNTER, COUNTER_OFFSET, counter);
        require(library.init(direction, open(), 0, 0, scratch.address()), "EVP_CipherInit");
    }

    private boolean update(long source, int length, long target) {
        // No call for an empty message: a null or empty input means other things to EVP ("finish", "associated data").
        return length == 0 || library.update(direction, open(), target, scratch.address() + WRITTEN, source, length);
    }

    /** Only this call verifies the tag; EVP_Cipher with a null input, which seems to, accepts forgeries in 3.0. */
    private boolean finish() {
        return library.finish(direction, open(), scratch.address() + REST, scratch.address() + WRITTEN);
    }

    private long open() {
        if (context == 0) {
            throw new IllegalStateException("this cipher is closed");
        }
        return context;
    }

    private static void require(boolean succeeded, String function) {
        if (!succeeded) {
            throw new IllegalStateException("libcrypto: " + function + " failed");
        }
    }

    /** Frees the context; libcrypto zeroes the key in it. */
    @Override
    public void close() {
        if (context != 0) {
            library.freeContext(context);
            context = 0;
        }
    }
}
