package dev.culvert.crypto.openssl;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Reference;
import java.nio.ByteOrder;

/**
 * An {@code EVP_CIPHER_CTX} for one key and one direction: the key is set once, a message only sets its nonce. Used by
 * one thread at a time; the thread may change. {@link EvpSealer} and {@link EvpOpener} know the order of the calls.
 */
final class EvpContext implements AutoCloseable {
    private static final int KEY_BYTES = 32; // libcrypto reads so many, whatever it is given
    private static final int TAG_BYTES = 16;
    private static final int GET_TAG = 0x10; // EVP_CTRL_AEAD_GET_TAG, openssl/evp.h
    private static final int SET_TAG = 0x11; // EVP_CTRL_AEAD_SET_TAG

    private static final ValueLayout.OfLong COUNTER = JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final long COUNTER_OFFSET = 4;
    private static final long WRITTEN = 16; // int, after the 12-byte nonce
    private static final long REST = 32; // where EVP_*Final_ex would write, if these ciphers had a last block
    private static final long SCRATCH_BYTES = 64;
    private static final int CACHE_LINE_BYTES = 64;

    private final LibCrypto library;
    private final LibCrypto.Direction direction;

    // Nothing secret, so it may wait for the collector: a confined arena would tie the context to the thread that
    // made the key, a shared one would stop every thread of the process for each session that ends. Other lanes
    // write to theirs at the same time, so each has a cache line of its own.
    private final MemorySegment scratch = Arena.ofAuto().allocate(SCRATCH_BYTES, CACHE_LINE_BYTES);
    private long context;

    EvpContext(LibCrypto library, LibCrypto.Direction direction, long cipher, byte[] key) {
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("a key has " + KEY_BYTES + " bytes, not " + key.length);
        }
        this.library = library;
        this.direction = direction;
        context = library.newContext();
        require(context != 0, "making a context");
        boolean keyed = false;
        try {
            keyed = setKey(cipher, key);
            require(keyed, "setting the key");
        } finally {
            if (!keyed) {
                close();
            }
        }
    }

    private boolean setKey(long cipher, byte[] key) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment copy = arena.allocate(key.length);
            try {
                copy.copyFrom(MemorySegment.ofArray(key));
                return library.init(direction, context, cipher, copy.address(), 0);
            } finally {
                copy.fill((byte) 0);
            }
        }
    }

    void begin(long counter) {
        try {
            scratch.set(COUNTER, COUNTER_OFFSET, counter);
            require(library.init(direction, live(), 0, 0, scratch.address()), "setting the nonce");
        } finally {
            Reference.reachabilityFence(scratch);
        }
    }

    void update(long source, int length, long target) {
        if (length == 0) {
            return; // a null or empty input means other things to EVP: "finish", "associated data"
        }
        try {
            long written = scratch.address() + WRITTEN;
            require(library.update(direction, live(), target, written, source, length), "the update");
        } finally {
            Reference.reachabilityFence(scratch);
        }
    }

    /** Only this verifies a tag; EVP_Cipher with a null input, which seems to, accepts forgeries in 3.0. */
    boolean finish() {
        try {
            return library.finish(direction, live(), scratch.address() + REST, scratch.address() + WRITTEN);
        } finally {
            Reference.reachabilityFence(scratch);
        }
    }

    void getTag(long target) {
        require(library.control(live(), GET_TAG, TAG_BYTES, target), "reading the tag");
    }

    void setTag(long source) {
        require(library.control(live(), SET_TAG, TAG_BYTES, source), "setting the tag");
    }

    private long live() {
        if (context == 0) {
            throw new IllegalStateException("this cipher is closed");
        }
        return context;
    }

    static void require(boolean succeeded, String what) {
        if (!succeeded) {
            throw new IllegalStateException("libcrypto: " + what + " failed");
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
