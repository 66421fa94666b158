package dev.culvert.crypto.ipsecmb;

import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Reference;
import java.nio.ByteOrder;

/**
 * An expanded AES-256-GCM key, and room to work with it, off the heap. Used by one thread at a time; the thread may
 * change. Addresses are taken as they come: whoever calls has checked that the whole range is inside memory that stays
 * allocated until the call returns.
 */
public final class GcmKey implements AutoCloseable {
    static final int TAG_BYTES = 16;

    private static final int KEY_BYTES = 32; // the library reads so many, whatever it is given
    /** What the library may write as struct gcm_key_data: 1,024 bytes in version 1.3, 1,280 since; a reserve on top. */
    private static final long KEY_DATA_BYTES = 4096;

    private static final long ALIGNMENT = 64; // of gcm_key_data
    private static final long CONTEXT = KEY_DATA_BYTES; // struct gcm_context_data: 88 bytes in every version
    private static final long NONCE = CONTEXT + 256;
    private static final long COUNTER = NONCE + 4; // after four zero bytes
    private static final long TAG = NONCE + 16;
    private static final long ALL_BYTES = TAG + TAG_BYTES;

    private static final ValueLayout.OfLong LITTLE_ENDIAN = JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final MemorySegment EVERYWHERE = everywhere();

    private final LibIpsecMb library;

    // Freed by the collector, long after close() has zeroed it: a confined arena would tie the key to the thread that
    // made it, a shared one would stop every thread of the process for each session that ends.
    final MemorySegment memory = Arena.ofAuto().allocate(ALL_BYTES, ALIGNMENT);
    private boolean closed;

    GcmKey(LibIpsecMb library, byte[] key) {
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("a key has " + KEY_BYTES + " bytes, not " + key.length);
        }
        this.library = library;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment copy = arena.allocate(key.length);
            try {
                copy.copyFrom(MemorySegment.ofArray(key));
                library.expand(copy.address(), memory.address());
            } finally {
                copy.fill((byte) 0);
            }
        }
    }

    @SuppressWarnings("restricted") // a tag is read where the caller says it is
    private static MemorySegment everywhere() {
        return MemorySegment.NULL.reinterpret(Long.MAX_VALUE);
    }

    /** Writes {@code length} bytes of ciphertext, and the tag after them, to {@code target}. */
    public void seal(long counter, long source, int length, long target) {
        try {
            long base = begin(counter);
            library.seal(base, base + CONTEXT, target, source, length, base + NONCE, target + length);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    /**
     * Writes {@code length} bytes of plaintext to {@code target}; the tag follows the ciphertext.
     *
     * @return false when the tag does not fit. The plaintext is in {@code target} all the same, and the caller wipes it
     */
    public boolean open(long counter, long source, int length, long target) {
        try {
            long base = begin(counter);
            // Read before the call, which in place may write up to the last byte of the ciphertext.
            long first = EVERYWHERE.get(JAVA_LONG_UNALIGNED, source + length);
            long second = EVERYWHERE.get(JAVA_LONG_UNALIGNED, source + length + Long.BYTES);
            memory.set(JAVA_LONG, TAG, ~first); // a call that did nothing would otherwise leave the tag before
            library.open(base, base + CONTEXT, target, source, length, base + NONCE, base + TAG);
            // Both halves before the verdict: the time it takes must not tell how much of a guess was right.
            return ((memory.get(JAVA_LONG, TAG) ^ first) | (memory.get(JAVA_LONG, TAG + Long.BYTES) ^ second)) == 0;
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    private long begin(long counter) {
        if (closed) {
            throw new IllegalStateException("this cipher is closed");
        }
        memory.set(LITTLE_ENDIAN, COUNTER, counter);
        return memory.address();
    }

    /** Zeroes the key, and what the last message left of its key stream. */
    @Override
    public void close() {
        closed = true;
        memory.fill((byte) 0);
    }
}
