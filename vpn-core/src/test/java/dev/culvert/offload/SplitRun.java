package dev.culvert.offload;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Lets a splitter cut one frame, and treats the buffer as the caller may: what stands in front of a frame is overwritten
 * before it is taken, the frame itself afterwards.
 */
record SplitRun(SplitVerdict verdict, List<Cut> cuts) {
    private static final int INDEX = 37;

    /** Without {@code equals}: compare the parts. */
    record Cut(byte[] frame, boolean checksumPartial) {}

    static SplitRun of(FrameSplitter splitter, byte[] virtio, byte[] frame, int maxFrameBytes) {
        ByteBuf buffer = Unpooled.directBuffer(INDEX + virtio.length + frame.length);
        try {
            buffer.writeZero(INDEX).writeBytes(virtio).writeBytes(frame);
            int index = INDEX + virtio.length;
            SplitVerdict verdict = splitter.begin(buffer, index, frame.length, maxFrameBytes);
            List<Cut> cuts = new ArrayList<>();
            while (splitter.next()) {
                int at = splitter.frameIndex();
                scribble(buffer, at - VirtioNetHeader.BYTES, VirtioNetHeader.BYTES);
                byte[] cut = ByteBufUtil.getBytes(buffer, at, splitter.frameLength());
                scribble(buffer, at, cut.length);
                cuts.add(new Cut(cut, splitter.isChecksumPartial()));
            }
            return new SplitRun(verdict, cuts);
        } finally {
            buffer.release();
        }
    }

    private static void scribble(ByteBuf buffer, int index, int length) {
        byte[] rubbish = new byte[length];
        Arrays.fill(rubbish, (byte) 0xa5);
        buffer.setBytes(index, rubbish);
    }
}
