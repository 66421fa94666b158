package dev.culvert.lab;

import dev.culvert.device.TapQueue;
import dev.culvert.device.io.Readiness;
import dev.culvert.metrics.CounterId;
import dev.culvert.metrics.Counters;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.util.Optional;

/** One way through a {@link PlainTapLoopback}: one read and one write a frame, on a thread of its own. */
final class LoopbackDirection {
    /** An IP packet, its Ethernet header with two VLAN tags, a virtio header, rounded up. */
    private static final int MAX_FRAME_BYTES = 65_535 + 22 + 12 + 7;
    /** How often a direction without traffic looks whether it is to end. */
    private static final int WAIT_MILLIS = 50;

    private final TapQueue source;
    private final TapQueue target;
    private final Counters counters = new Counters();
    private final Thread thread;
    private volatile boolean closing;
    private volatile Optional<IOException> failure = Optional.empty();

    private LoopbackDirection(String name, TapQueue source, TapQueue target) {
        this.source = source;
        this.target = target;
        this.thread = Thread.ofPlatform().daemon().name(name).unstarted(this::run);
    }

    static LoopbackDirection start(String name, TapQueue source, TapQueue target) {
        LoopbackDirection direction = new LoopbackDirection(name, source, target);
        direction.thread.start();
        return direction;
    }

    LoopbackCounts counts() {
        return new LoopbackCounts(
                counters.get(CounterId.TAP_WRITTEN),
                counters.get(CounterId.TAP_WRITE_REFUSED),
                counters.get(CounterId.TAP_READ_CALLS),
                counters.get(CounterId.TAP_WRITE_CALLS),
                counters.get(CounterId.LOOP_WAIT_CALLS));
    }

    /** Why it ended by itself. */
    Optional<IOException> failure() {
        return failure;
    }

    /** Returns when the queues are no longer used. */
    void stop() throws InterruptedException {
        closing = true;
        thread.join();
    }

    private void run() {
        ByteBuf frame = Unpooled.directBuffer(MAX_FRAME_BYTES, MAX_FRAME_BYTES);
        try {
            while (!closing) {
                carryOne(frame.clear());
            }
        } catch (IOException e) {
            failure = Optional.of(e);
        } finally {
            frame.release();
        }
    }

    private void carryOne(ByteBuf frame) throws IOException {
        int length = source.read(frame);
        counters.increment(CounterId.TAP_READ_CALLS);
        if (length == 0) {
            Readiness.await(source.fileDescriptor(), WAIT_MILLIS);
            counters.increment(CounterId.LOOP_WAIT_CALLS);
            return;
        }
        boolean taken = target.write(frame, 0, length);
        counters.increment(CounterId.TAP_WRITE_CALLS);
        counters.increment(taken ? CounterId.TAP_WRITTEN : CounterId.TAP_WRITE_REFUSED);
    }
}
