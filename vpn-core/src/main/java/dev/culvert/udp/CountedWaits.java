package dev.culvert.udp;

import dev.culvert.metrics.CounterId;
import dev.culvert.metrics.Counters;
import io.netty.channel.SelectStrategy;
import io.netty.channel.SelectStrategyFactory;
import io.netty.util.IntSupplier;

/** Netty's default strategy, counted: each turn of a loop asks it once and makes one system call, blocking or not. */
final class CountedWaits implements SelectStrategy {
    private final Counters counters;

    private CountedWaits(Counters counters) {
        this.counters = counters;
    }

    /** @param counters of the loop's thread */
    static SelectStrategyFactory into(Counters counters) {
        return () -> new CountedWaits(counters);
    }

    @Override
    public int calculateStrategy(IntSupplier selectNow, boolean hasTasks) throws Exception {
        counters.increment(CounterId.LOOP_WAIT_CALLS);
        return hasTasks ? selectNow.get() : SELECT;
    }
}
