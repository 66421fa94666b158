package dev.culvert.offload;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A coalescer with frames in two buffers, as two receives would leave them, and what it writes. */
final class CoalesceRun implements AutoCloseable {
    private static final int CAPACITY = 1 << 20;

    /** What the device gets with one {@code writev}. Without {@code equals}: compare the parts. */
    record Written(byte[] virtio, byte[] frame, int pieces) {}

    private final List<ByteBuf> buffers =
            List.of(Unpooled.directBuffer(CAPACITY, CAPACITY), Unpooled.directBuffer(CAPACITY, CAPACITY));
    private final List<Written> written = new ArrayList<>();
    private final FrameCoalescer coalescer;
    private int added;

    CoalesceRun(boolean joinsUdp) {
        coalescer = new FrameCoalescer(frame -> written.add(take(frame)), joinsUdp);
    }

    CoalesceVerdict add(byte[] frame, boolean checksumPartial) {
        ByteBuf buffer = buffers.get(added++ % 2);
        byte[] spentHeaders = new byte[18];
        Arrays.fill(spentHeaders, (byte) 0x5a);
        int index = buffer.writeBytes(spentHeaders).writerIndex();
        buffer.writeBytes(frame).writeBytes(spentHeaders, 0, 16);
        return coalescer.add(buffer, index, frame.length, checksumPartial);
    }

    /** What was written up to now. */
    List<Written> written() {
        return written;
    }

    List<Written> flush() {
        coalescer.flush();
        buffers.forEach(ByteBuf::clear);
        return written;
    }

    private Written take(GatheredFrame gathered) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < gathered.pieces(); i++) {
            bytes.writeBytes(at(gathered.address(i), gathered.length(i)));
        }
        assertThat(bytes.size()).isEqualTo(gathered.bytes());
        byte[] all = bytes.toByteArray();
        byte[] frame = Arrays.copyOfRange(all, VirtioNetHeader.BYTES, all.length);
        assertThat(VirtioNetHeader.isValid(Unpooled.wrappedBuffer(all), 0, frame.length))
                .isTrue();
        return new Written(Arrays.copyOf(all, VirtioNetHeader.BYTES), frame, gathered.pieces());
    }

    private byte[] at(long address, int length) {
        for (ByteBuf buffer : buffers) {
            long index = address - buffer.memoryAddress();
            if (index >= 0 && index + length <= CAPACITY) {
                return ByteBufUtil.getBytes(buffer, (int) index, length);
            }
        }
        throw new AssertionError("a piece lies outside of every buffer");
    }

    @Override
    public void close() {
        buffers.forEach(ByteBuf::release);
    }
}
