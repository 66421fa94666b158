package dev.culvert.bench.kernel;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/**
 * Memory outside the heap, from the start of a page, freed by the garbage collector: whoever uses {@link #address} holds
 * on to this object. Zeroed, so every page is there before anything is measured.
 */
public final class NativeMemory {
    private static final long PAGE_BYTES = 4096;

    private final MemorySegment segment;

    public NativeMemory(long bytes) {
        this.segment = Arena.ofAuto().allocate(bytes, PAGE_BYTES);
    }

    /** For calls that keep it alive themselves. */
    MemorySegment segment() {
        return segment;
    }

    public long address() {
        return segment.address();
    }

    public long bytes() {
        return segment.byteSize();
    }

    public ByteBuffer buffer() {
        return segment.asByteBuffer();
    }

    /** The copy that the JVM itself makes. */
    public void copyTo(NativeMemory target, long bytes) {
        MemorySegment.copy(segment, 0, target.segment, 0, bytes);
    }

    void putInt(long offset, int value) {
        segment.set(JAVA_INT, offset, value);
    }

    int getInt(long offset) {
        return segment.get(JAVA_INT, offset);
    }

    void putLong(long offset, long value) {
        segment.set(JAVA_LONG, offset, value);
    }

    byte getByte(long offset) {
        return segment.get(JAVA_BYTE, offset);
    }

    void putByte(long offset, int value) {
        segment.set(JAVA_BYTE, offset, (byte) value);
    }
}
