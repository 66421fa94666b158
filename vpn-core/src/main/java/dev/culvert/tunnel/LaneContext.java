package dev.culvert.tunnel;

import dev.culvert.device.GrantedOffloads;
import dev.culvert.metrics.Counters;
import dev.culvert.time.MonotonicClock;
import io.netty.buffer.ByteBufAllocator;

/**
 * What every part of a lane uses.
 *
 * @param number of this lane, from 0, of {@code lanes}
 * @param counters written by this lane only
 * @param maxFrameBytes the longest frame that the device gives or takes, super-frames apart
 * @param offloads what the kernel leaves to us on frames of the device
 */
record LaneContext(
        int number,
        int lanes,
        MonotonicClock clock,
        ByteBufAllocator allocator,
        Counters counters,
        TunnelCommands commands,
        int maxFrameBytes,
        GrantedOffloads offloads) {
    /** The first lane says what one of them has to say, and tells what they share. */
    boolean isFirst() {
        return number == 0;
    }
}
