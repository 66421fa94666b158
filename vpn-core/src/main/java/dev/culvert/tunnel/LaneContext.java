package dev.culvert.tunnel;

import dev.culvert.metrics.Counters;
import dev.culvert.time.MonotonicClock;
import io.netty.buffer.ByteBufAllocator;

/**
 * What every part of a lane uses.
 *
 * @param counters written by this lane only
 * @param maxFrameBytes the longest frame the device gives or takes
 */
record LaneContext(
        MonotonicClock clock,
        ByteBufAllocator allocator,
        Counters counters,
        TunnelCommands commands,
        int maxFrameBytes) {}
