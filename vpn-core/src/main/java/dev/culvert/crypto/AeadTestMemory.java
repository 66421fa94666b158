package dev.culvert.crypto;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;

/**
 * The memory that {@link AeadSelfTest} lets an engine work in, and watches every byte of: what an engine writes beside
 * its target would hit other datagrams of the same pool.
 */
final class AeadTestMemory implements AutoCloseable {
    private static final byte CANARY = (byte) 0xa5;
    private static final int MARGIN = 64;
    private static final int SOURCE_INDEX = 3; // aligned for nothing

    private final ByteBuf whole;
    private final ByteBuf view; // a slice, so that what lies in front of a buffer's index 0 is watched, too
    private final int targetIndex;
    private byte[] before = {};

    private AeadTestMemory(int capacity, int targetIndex) {
        whole = Unpooled.directBuffer(capacity + 3 * MARGIN);
        view = whole.slice(MARGIN, capacity + MARGIN);
        this.targetIndex = targetIndex;
    }

    /** The target after the source, with room for {@code bytes} in both. */
    static AeadTestMemory apart(int bytes) {
        int targetIndex = SOURCE_INDEX + bytes + MARGIN;
        return new AeadTestMemory(targetIndex + bytes, targetIndex);
    }

    static AeadTestMemory inPlace(int bytes) {
        return new AeadTestMemory(SOURCE_INDEX + bytes, SOURCE_INDEX);
    }

    /** Puts {@code source} in its place and canaries everywhere else. */
    void load(byte[] source) {
        before = new byte[whole.capacity()];
        Arrays.fill(before, CANARY);
        System.arraycopy(source, 0, before, MARGIN + SOURCE_INDEX, source.length);
        whole.setBytes(0, before);
    }

    void seal(Aead aead, long counter, int length) {
        aead.seal(counter, view, SOURCE_INDEX, length, view, targetIndex);
    }

    boolean open(Aead aead, long counter, int sealedLength) {
        return aead.open(counter, view, SOURCE_INDEX, sealedLength, view, targetIndex);
    }

    byte[] target(int length) {
        byte[] bytes = new byte[length];
        view.getBytes(targetIndex, bytes);
        return bytes;
    }

    /** Whether all is as loaded, but for {@code length} bytes of the target. */
    boolean isIntactAround(int length) {
        byte[] now = new byte[whole.capacity()];
        whole.getBytes(0, now);
        System.arraycopy(before, MARGIN + targetIndex, now, MARGIN + targetIndex, length);
        return Arrays.equals(now, before);
    }

    /** Whether {@code length} bytes of the target are as loaded, or zero: no trace of a plaintext. */
    boolean holdsNoPlaintext(int length) {
        byte[] now = target(length);
        int from = MARGIN + targetIndex;
        return Arrays.equals(now, new byte[length]) || Arrays.equals(now, 0, length, before, from, from + length);
    }

    @Override
    public void close() {
        whole.release();
    }

    @Override
    public String toString() {
        return targetIndex == SOURCE_INDEX ? "in place" : "buffer to buffer";
    }
}
