package dev.culvert.testkit;

import dev.culvert.device.TapQueue;
import dev.culvert.offload.GatheredFrame;
import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/**
 * A device without a kernel: the test puts frames in and looks at what came out. It may be one whose frames have a virtio
 * header in front.
 */
public final class InMemoryTap implements TapQueue {
    private final Queue<byte[]> waiting = new ArrayDeque<>();
    private final List<byte[]> written = new ArrayList<>();
    private final boolean hasHeader;
    private boolean refusing;

    public InMemoryTap(boolean hasHeader) {
        this.hasHeader = hasHeader;
    }

    /** A frame the host sends, with nothing left to be done on it. */
    public void put(byte[] frame) {
        waiting.add(hasHeader ? Virtio.before(Virtio.NONE, frame) : frame.clone());
    }

    /** What a read is to give, byte for byte: header and frame, or whatever a broken kernel might give. */
    public void putRaw(byte[] bytes) {
        waiting.add(bytes.clone());
    }

    /** Takes the frames the host has received so far, with the header in front where there is one. */
    public List<byte[]> take() {
        List<byte[]> taken = List.copyOf(written);
        written.clear();
        return taken;
    }

    /** Makes the device refuse frames, as one that is down does. */
    public void setRefusing(boolean now) {
        refusing = now;
    }

    @Override
    public int read(ByteBuf target) {
        byte[] frame = waiting.poll();
        if (frame == null) {
            return 0;
        }
        int length = Math.min(frame.length, target.writableBytes());
        target.writeBytes(frame, 0, length);
        return length;
    }

    @Override
    public boolean write(ByteBuf frame, int index, int length) {
        if (refusing) {
            return false;
        }
        byte[] bytes = new byte[length];
        frame.getBytes(index, bytes);
        written.add(bytes);
        return true;
    }

    @Override
    @SuppressWarnings("restricted") // reads the memory that a kernel would be told to read
    public boolean write(GatheredFrame frame) {
        if (!hasHeader) {
            throw new UnsupportedOperationException("a device without a header takes no super-frames");
        }
        if (refusing) {
            return false;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int piece = 0; piece < frame.pieces(); piece++) {
            bytes.writeBytes(MemorySegment.ofAddress(frame.address(piece))
                    .reinterpret(frame.length(piece))
                    .toArray(ValueLayout.JAVA_BYTE));
        }
        written.add(bytes.toByteArray());
        return true;
    }

    @Override
    public int fileDescriptor() {
        return -1;
    }
}
