package dev.culvert.tunnel;

import dev.culvert.device.TapException;
import dev.culvert.device.TapQueue;
import dev.culvert.metrics.CounterId;
import dev.culvert.metrics.Counters;
import dev.culvert.time.MonotonicClock;
import dev.culvert.udp.UdpTransport;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/**
 * TAP to UDP: reads frames while there are any, has each forwarded (which seals it into its peer's batch), then flushes
 * all batches at once. Confined to its lane. Owns the one buffer that every frame is read into; sealing copies it out.
 */
final class OutboundPath implements AutoCloseable {
    /** Frames a wakeup: bounds how long datagrams wait meanwhile, and fits what one GSO send can carry. */
    private static final int FRAMES_A_WAKEUP = 64;
    /** Zero bytes that tun mode may put behind a packet. */
    private static final int PADDING_BYTES = 15;

    private final TapQueue queue;
    private final UdpTransport transport;
    private final Forwarding forwarding;
    private final Encapsulator encapsulator;
    private final Counters counters;
    private final MonotonicClock clock;
    private final ByteBuf buffer;
    private final int maxFrameBytes;

    OutboundPath(
            TapQueue queue,
            UdpTransport transport,
            Forwarding forwarding,
            Encapsulator encapsulator,
            LaneContext context) {
        this.queue = queue;
        this.transport = transport;
        this.forwarding = forwarding;
        this.encapsulator = encapsulator;
        this.counters = context.counters();
        this.clock = context.clock();
        this.maxFrameBytes = context.maxFrameBytes();
        this.buffer = newBuffer(context.allocator());
    }

    private ByteBuf newBuffer(ByteBufAllocator allocator) {
        int capacity = forwarding.payloadHeaderBytes() + maxFrameBytes + PADDING_BYTES;
        return allocator.directBuffer(capacity, capacity);
    }

    /** Carries what waits in the TAP, up to {@value #FRAMES_A_WAKEUP} frames; stops early when the socket is full. */
    void poll() throws TapException {
        long nowNanos = clock.nanoTime();
        try {
            for (int i = 0; i < FRAMES_A_WAKEUP && transport.isWritable(); i++) {
                if (!carryOne(nowNanos)) {
                    return;
                }
            }
        } finally {
            encapsulator.flush();
        }
    }

    private boolean carryOne(long nowNanos) throws TapException {
        int start = forwarding.payloadHeaderBytes();
        buffer.setIndex(start, start);
        int length = queue.read(buffer);
        counters.increment(CounterId.TAP_READ_CALLS);
        if (length == 0) {
            return false;
        }
        counters.increment(CounterId.TAP_FRAMES_READ);
        if (length > maxFrameBytes) {
            counters.increment(CounterId.OUTBOUND_MALFORMED); // it filled the buffer: the kernel may have cut it off
        } else {
            forwarding.fromDevice(buffer, start, length, nowNanos);
        }
        return true;
    }

    @Override
    public void close() {
        buffer.release();
    }
}
