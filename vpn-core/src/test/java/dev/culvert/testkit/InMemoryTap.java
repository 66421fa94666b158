package dev.culvert.testkit;

import dev.culvert.device.TapQueue;
import dev.culvert.offload.GatheredFrame;
import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/** A device without a kernel: the test puts frames in and looks at what came out. */
public final class InMemoryTap implements TapQueue {
    private final Queue<byte[]> waiting = new ArrayDeque<>();
    private final List<byte[]> written = new ArrayList<>();
    private boolean refusing;

    /** A frame the host sends. */
    public void put(byte[] frame) {
        waiting.add(frame.clone());
    }

    /** Takes the frames the host has received so far. */
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
    public boolean write(GatheredFrame frame) {
        throw new UnsupportedOperationException("a device without a header takes no super-frames");
    }

    @Override
    public int fileDescriptor() {
        return -1;
    }
}
