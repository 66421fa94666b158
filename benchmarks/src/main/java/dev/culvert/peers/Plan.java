package dev.culvert.peers;

import dev.culvert.bench.contest.Workload;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What is measured.
 *
 * @param length of one measurement, as was asked for
 */
record Plan(Set<Pass> passes, Traffic traffic, int rounds, Duration length) {
    /** What a measurement takes besides its length: sockets, ramp, counters, the last packets. */
    private static final Duration OVERHEAD = Duration.ofMillis(350);

    /** Of each workload through each peer: caches, ARP, the generator. */
    static final Duration WARM_UP = Duration.ofMillis(300);

    Plan {
        passes = EnumSet.copyOf(passes);
    }

    /** What is sent in {@code pass}; nothing of it in that of pings. */
    List<Workload> workloads(Pass pass) {
        return switch (pass) {
            case OFFLOADS, SYSTEM_CALLS -> traffic.workloads();
            case NO_OFFLOADS, LOSS -> traffic.tcp();
            case PING -> List.of();
        };
    }

    /** Of a measurement in {@code pass}; how many system calls a frame takes shows sooner than how many frames pass. */
    Duration length(Pass pass) {
        return pass == Pass.SYSTEM_CALLS ? length.dividedBy(2) : length;
    }

    Duration estimate(Pass pass, int peers) {
        Duration measured = length(pass).plus(OVERHEAD).multipliedBy(rounds);
        return switch (pass) {
            case PING -> measured.multipliedBy(peers);
            default ->
                measured.plus(WARM_UP)
                        .plus(OVERHEAD)
                        .multipliedBy((long) peers * workloads(pass).size());
        };
    }
}
