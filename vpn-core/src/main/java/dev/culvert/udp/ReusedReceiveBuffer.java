package dev.culvert.udp;

import dev.culvert.metrics.CounterId;
import dev.culvert.metrics.Counters;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator.ExtendedHandle;
import org.jspecify.annotations.Nullable;

/**
 * Hands a channel the same receive buffer again and again, as long as nobody kept a slice of it: 64 KB is beyond what
 * the pool caches by thread, and most receives are over before the next begins. For one channel; confined to its loop.
 */
final class ReusedReceiveBuffer extends DefaultMaxMessagesRecvByteBufAllocator {
    private final int bytes;
    private final Counters counters;
    private @Nullable ByteBuf held;
    private boolean released;

    /** @param counters of the channel's loop: a buffer is asked for before every system call that receives */
    ReusedReceiveBuffer(int bytes, int maxDatagramsPerRead, Counters counters) {
        super(maxDatagramsPerRead);
        this.bytes = bytes;
        this.counters = counters;
    }

    @Override
    public ExtendedHandle newHandle() {
        return new OneSize();
    }

    private ByteBuf next(ByteBufAllocator allocator) {
        ByteBuf current = held;
        if (released) {
            return allocator.directBuffer(bytes, bytes);
        }
        if (current == null || current.refCnt() > 1) {
            if (current != null) {
                current.release(); // its slices keep it alive
            }
            current = allocator.directBuffer(bytes, bytes);
            held = current;
        }
        return current.clear().retain();
    }

    void release() {
        ByteBuf current = held;
        held = null;
        released = true;
        if (current != null) {
            current.release();
        }
    }

    private final class OneSize extends MaxMessageHandle {
        @Override
        public ByteBuf allocate(ByteBufAllocator allocator) {
            counters.increment(CounterId.UDP_RECEIVE_CALLS);
            return next(allocator);
        }

        @Override
        public int guess() {
            return bytes;
        }
    }
}
