package dev.culvert.tunnel;

import dev.culvert.device.TapQueue;
import dev.culvert.offload.GatheredFrame;
import io.netty.buffer.ByteBuf;
import io.netty.util.internal.PlatformDependent;
import java.util.ArrayList;
import java.util.List;

/** A device with virtio headers that gives one frame as often as it is told to, and counts what it is given. */
final class RepeatingTap implements TapQueue {
    private final List<byte[]> kept = new ArrayList<>();
    private byte[] frame = {};
    private int left;
    private int toKeep;
    private long framesWritten;
    private long calls;

    /** @param newFrame with its virtio header */
    void put(byte[] newFrame, int times) {
        frame = newFrame;
        left = times;
    }

    /** The next frames written are kept, as {@link #kept} has them. */
    void keep(int frames) {
        toKeep = frames;
        kept.clear();
    }

    /** With their virtio headers. */
    List<byte[]> kept() {
        return kept;
    }

    /** Of super-frames, the frames that were joined. */
    long framesWritten() {
        return framesWritten;
    }

    long calls() {
        return calls;
    }

    @Override
    public int read(ByteBuf target) {
        if (left == 0) {
            return 0;
        }
        left--;
        target.writeBytes(frame);
        return frame.length;
    }

    @Override
    public boolean write(ByteBuf whole, int index, int length) {
        throw new UnsupportedOperationException("a device with headers is written gathered frames");
    }

    @Override
    public boolean write(GatheredFrame gathered) {
        calls++;
        framesWritten += gathered.pieces();
        if (toKeep > 0) {
            toKeep--;
            kept.add(bytesOf(gathered));
        }
        return true;
    }

    private static byte[] bytesOf(GatheredFrame gathered) {
        byte[] bytes = new byte[gathered.bytes()];
        int at = 0;
        for (int piece = 0; piece < gathered.pieces(); piece++) {
            PlatformDependent.copyMemory(gathered.address(piece), bytes, at, gathered.length(piece));
            at += gathered.length(piece);
        }
        return bytes;
    }

    @Override
    public int fileDescriptor() {
        return -1;
    }
}
