package dev.culvert.bench.loopback;

import dev.culvert.device.TapException;
import dev.culvert.device.TapQueue;
import dev.culvert.metrics.CounterId;
import dev.culvert.metrics.Counters;
import dev.culvert.udp.LaneLoop;
import dev.culvert.udp.UdpReceiver;
import dev.culvert.udp.UdpTransport;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * A lane of the tunnel with everything taken out but what carries: TAP to UDP and UDP to TAP with the same loops, sockets
 * and batches, so that what the tunnel costs more is the price of what is missing here: protocol, switch, accounting.
 * Confined to its loop.
 */
final class Carrier implements UdpReceiver {
    // As the tunnel has them, so that both make batches of the same size.
    private static final int FRAMES_A_WAKEUP = 64;
    private static final int BATCH_BYTES = 65_536;

    private final TapQueue queue;
    private final UdpTransport transport;
    private final InetSocketAddress remote;
    private final Envelope envelope;
    private final Counters counters;
    private final ByteBufAllocator allocator = PooledByteBufAllocator.DEFAULT;
    private final ByteBuf frame;
    private LaneLoop.@Nullable Watch watch;
    private boolean paused;
    private @Nullable ByteBuf batch;
    private int segmentBytes;

    /** @param counters of the loop, which counts its own system calls there */
    Carrier(
            TapQueue queue,
            UdpTransport transport,
            InetSocketAddress remote,
            Envelope envelope,
            int maxFrameBytes,
            Counters counters) {
        this.queue = queue;
        this.transport = transport;
        this.remote = remote;
        this.envelope = envelope;
        this.counters = counters;
        this.frame = allocator.directBuffer(maxFrameBytes, maxFrameBytes);
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
        int length = queue.read(frame.clear());
        counters.increment(CounterId.TAP_READ_CALLS);
        if (length == 0) {
            return false;
        }
        counters.increment(CounterId.TAP_FRAMES_READ);
        int bytes = length + envelope.overheadBytes();
        ByteBuf target = batchWithRoomFor(bytes);
        int index = target.writerIndex();
        envelope.wrap(frame, 0, length, target, index);
        target.writerIndex(index + bytes);
        if (index == 0) {
            segmentBytes = bytes;
        } else if (bytes < segmentBytes) {
            sendBatch(); // only the last datagram of a batch may be shorter
        }
        return true;
    }

    private ByteBuf batchWithRoomFor(int bytes) {
        ByteBuf current = batch;
        if (current != null && current.isReadable() && (bytes > segmentBytes || bytes > current.writableBytes())) {
            sendBatch();
            current = null;
        }
        if (current == null) {
            current = allocator.directBuffer(BATCH_BYTES, BATCH_BYTES);
            batch = current;
        }
        return current;
    }

    private void sendBatch() {
        ByteBuf full = batch;
        if (full != null && full.isReadable()) {
            batch = null;
            transport.send(full, segmentBytes, remote);
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
        try {
            if (!envelope.unwrap(datagram)) {
                counters.increment(CounterId.INBOUND_MALFORMED);
                return;
            }
            boolean taken = queue.write(datagram, datagram.readerIndex(), datagram.readableBytes());
            counters.increment(CounterId.TAP_WRITE_CALLS);
            counters.increment(taken ? CounterId.TAP_WRITTEN : CounterId.TAP_WRITE_REFUSED);
        } catch (TapException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void onReceiveComplete() {}

    @Override
    public void onSent(int count) {
        counters.add(CounterId.DATAGRAMS_SENT, count);
    }

    @Override
    public void onSendFailed(int count, boolean tooLarge) {
        counters.add(tooLarge ? CounterId.SEND_TOO_LARGE : CounterId.SEND_FAILED, count);
    }
}
