package dev.culvert.bench.loopback;

import dev.culvert.device.TapException;
import dev.culvert.device.TapQueue;
import dev.culvert.metrics.CounterId;
import dev.culvert.metrics.Counters;
import dev.culvert.offload.CoalesceVerdict;
import dev.culvert.offload.FrameCoalescer;
import dev.culvert.offload.FrameSplitter;
import dev.culvert.offload.GatheredFrame;
import dev.culvert.offload.VirtioNetHeader;
import dev.culvert.udp.LaneLoop;
import dev.culvert.udp.UdpReceiver;
import dev.culvert.udp.UdpTransport;
import dev.culvert.wire.InnerPayload;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * A lane of the tunnel with everything taken out but what carries: TAP to UDP and UDP to TAP with the same loops, sockets
 * super-frames and batches, so that what the tunnel costs more is the price of what is missing here: protocol, switch, accounting.
 * Confined to its loop.
 */
final class Carrier implements UdpReceiver {
    // As the tunnel has them, so that both make batches of the same size.
    private static final int FRAMES_A_WAKEUP = 64;
    private static final int BATCH_BYTES = 65_536;
    private static final int ROOM_BYTES = 16;
    private static final int SUPER_FRAME_BYTES = 65_535 + 14 + 8;

    private final TapQueue queue;
    private final UdpTransport transport;
    private final InetSocketAddress remote;
    private final Envelope envelope;
    private final Counters counters;
    private final ByteBufAllocator allocator = PooledByteBufAllocator.DEFAULT;
    private final int maxFrameBytes;
    private final FrameSplitter splitter = new FrameSplitter();
    private final FrameCoalescer coalescer;
    private final ByteBuf frame;
    private LaneLoop.@Nullable Watch watch;
    private boolean paused;
    private @Nullable ByteBuf batch;
    private int segmentBytes;

    /**
     * @param queue of a device with a virtio header
     * @param maxFrameBytes what a super-frame is cut to
     * @param joinsUdp the device takes super-frames of UDP
     * @param counters of the loop, which counts its own system calls there
     */
    Carrier(
            TapQueue queue,
            UdpTransport transport,
            InetSocketAddress remote,
            Envelope envelope,
            int maxFrameBytes,
            boolean joinsUdp,
            Counters counters) {
        this.queue = queue;
        this.transport = transport;
        this.remote = remote;
        this.envelope = envelope;
        this.counters = counters;
        this.maxFrameBytes = maxFrameBytes;
        this.coalescer = new FrameCoalescer(this::write, joinsUdp);
        this.frame = allocator.directBuffer(ROOM_BYTES + SUPER_FRAME_BYTES, ROOM_BYTES + SUPER_FRAME_BYTES);
    }

    void watchedBy(LaneLoop.Watch tapWatch) {
        watch = tapWatch;
    }

    void onTapReadable() {
        if (!transport.isWritable()) {
            pause();
            return;
        }
        try {
            for (int i = 0; i < FRAMES_A_WAKEUP && transport.isWritable() && carryOne(); i++) {
                // carried
            }
        } catch (TapException e) {
            throw new IllegalStateException(e); // the device lives as long as this process: a defect of ours
        } finally {
            sendBatch();
            transport.flush();
        }
    }

    private boolean carryOne() throws TapException {
        int start = ROOM_BYTES - VirtioNetHeader.BYTES;
        int length = queue.read(frame.setIndex(start, start)) - VirtioNetHeader.BYTES;
        counters.increment(CounterId.TAP_READ_CALLS);
        if (length <= 0) {
            return false;
        }
        counters.increment(CounterId.TAP_FRAMES_READ);
        switch (splitter.begin(frame, ROOM_BYTES, length, maxFrameBytes)) {
            case MALFORMED, TOO_LONG -> counters.increment(CounterId.OUTBOUND_MALFORMED);
            case WHOLE, CUT -> {
                while (splitter.next()) {
                    int payload = splitter.frameIndex() - InnerPayload.ETHERNET_HEADER_BYTES;
                    InnerPayload.writeEthernetHeader(frame, payload, splitter.isChecksumPartial(), 0);
                    wrap(payload, InnerPayload.ETHERNET_HEADER_BYTES + splitter.frameLength());
                }
            }
        }
        return true;
    }

    private void wrap(int payload, int length) {
        int bytes = length + envelope.overheadBytes();
        ByteBuf target = batchWithRoomFor(bytes);
        int index = target.writerIndex();
        envelope.wrap(frame, payload, length, target, index);
        target.writerIndex(index + bytes);
        if (index == 0) {
            segmentBytes = bytes;
        } else if (bytes < segmentBytes) {
            sendBatch(); // only the last datagram of a batch may be shorter
        }
    }

    private ByteBuf batchWithRoomFor(int bytes) {
        ByteBuf current = batch;
        if (current != null && current.isReadable() && (bytes > segmentBytes || bytes > current.writableBytes())) {
            sendBatch();
            current = batch;
        }
        if (current == null) {
            current = allocator.directBuffer(BATCH_BYTES, BATCH_BYTES);
            batch = current;
        }
        return current;
    }

    private void sendBatch() {
        ByteBuf full = batch;
        if (full == null || !full.isReadable()) {
            return;
        }
        transport.send(full.retain(), segmentBytes, remote);
        if (full.refCnt() == 1) { // as a rule it was sent at once, and is still in the cache
            full.clear();
        } else {
            full.release();
            batch = null;
        }
    }

    private void pause() {
        if (watch != null && !paused) {
            paused = true;
            watch.pause();
        }
    }

    @Override
    public void onWritable() {
        if (watch != null && paused) {
            paused = false;
            watch.resume();
        }
    }

    @Override
    public void onDatagram(ByteBuf datagram, InetSocketAddress from) {
        if (!envelope.unwrap(datagram)) {
            counters.increment(CounterId.INBOUND_MALFORMED);
            return;
        }
        int payload = datagram.readerIndex();
        int length = InnerPayload.ethernetFrameLength(datagram, payload, datagram.readableBytes());
        if (length == InnerPayload.MALFORMED
                || coalescer.add(
                                datagram,
                                payload + InnerPayload.ETHERNET_HEADER_BYTES,
                                length,
                                InnerPayload.isChecksumPartial(datagram, payload))
                        == CoalesceVerdict.NO_PARTIAL_CHECKSUM) {
            counters.increment(CounterId.INBOUND_MALFORMED);
        }
    }

    private void write(GatheredFrame joined) {
        try {
            boolean taken = queue.write(joined);
            counters.increment(CounterId.TAP_WRITE_CALLS);
            counters.add(taken ? CounterId.TAP_WRITTEN : CounterId.TAP_WRITE_REFUSED, joined.pieces());
        } catch (TapException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void onReceiveComplete() {
        coalescer.flush();
    }

    @Override
    public void onSent(int count) {
        counters.add(CounterId.DATAGRAMS_SENT, count);
    }

    @Override
    public void onSendFailed(int count, boolean tooLarge) {
        counters.add(tooLarge ? CounterId.SEND_TOO_LARGE : CounterId.SEND_FAILED, count);
    }
}
