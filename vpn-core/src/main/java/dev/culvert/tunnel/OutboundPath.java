package dev.culvert.tunnel;

import dev.culvert.device.TapException;
import dev.culvert.device.TapQueue;
import dev.culvert.metrics.CounterId;
import dev.culvert.metrics.Counters;
import dev.culvert.time.MonotonicClock;
import dev.culvert.udp.UdpTransport;
import io.netty.buffer.ByteBuf;

/**
 * TAP to UDP: reads frames while there are any, has each forwarded (which seals it into its peer's batch), then flushes
 * all batches at once. Confined to its lane. Owns the one buffer that every frame is read into; sealing copies it out.
 */
final class OutboundPath implements AutoCloseable {
    /** Frames a wakeup: bounds how long datagrams wait meanwhile, and fits what one GSO send can carry. */
    private static final int FRAMES_A_WAKEUP = 64;
    /** Bytes a wakeup, likewise: super-frames are up to 64 KB each. */
    private static final int BYTES_A_WAKEUP = 256 * 1024;
    /** Zero bytes that tun mode may put behind a packet. */
    private static final int PADDING_BYTES = 15;
    /** In front of a frame: the virtio header, over which the headers of payload and fragment are written later. */
    private static final int ROOM_BYTES = 16;

    private final TapQueue queue;
    private final UdpTransport transport;
    private final Forwarding forwarding;
    private final Encapsulator encapsulator;
    private final Counters counters;
    private final MonotonicClock clock;
    private final ByteBuf buffer;
    private final int headerBytes;
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
        this.headerBytes = context.offloads().headerBytes();
        this.maxFrameBytes = headerBytes > 0 ? FrameSizes.MAX_SUPER_FRAME_BYTES : context.maxFrameBytes();
        int capacity = ROOM_BYTES + maxFrameBytes + PADDING_BYTES;
        this.buffer = context.allocator().directBuffer(capacity, capacity);
    }

    /** Carries what waits in the TAP, up to {@value #FRAMES_A_WAKEUP} frames; stops early when the socket is full. */
    void poll() throws TapException {
        long nowNanos = clock.nanoTime();
        int room = BYTES_A_WAKEUP;
        int frames = 0;
        try {
            while (frames < FRAMES_A_WAKEUP && room > 0 && transport.isWritable()) {
                int bytes = carryOne(nowNanos);
                if (bytes == 0) {
                    return;
                }
                room -= bytes;
                frames++;
            }
        } finally {
            encapsulator.flush();
        }
    }

    /** Bytes read, or 0 when there was nothing. */
    private int carryOne(long nowNanos) throws TapException {
        int start = ROOM_BYTES - headerBytes;
        buffer.setIndex(start, start);
        int bytes = queue.read(buffer);
        counters.increment(CounterId.TAP_READ_CALLS);
        if (bytes == 0) {
            return 0;
        }
        counters.increment(CounterId.TAP_FRAMES_READ);
        int length = bytes - headerBytes;
        if (length <= 0 || length > maxFrameBytes) {
            counters.increment(CounterId.OUTBOUND_MALFORMED); // it filled the buffer: the kernel may have cut it off
        } else {
            forwarding.fromDevice(buffer, ROOM_BYTES, length, nowNanos);
        }
        return bytes;
    }

    @Override
    public void close() {
        buffer.release();
    }
}
