package dev.culvert.bench.contest;

import java.util.Optional;
import org.HdrHistogram.Histogram;

/**
 * What a generator sent and what became of it, in the time that was counted.
 *
 * @param nanos that were counted
 * @param payloadBytes that arrived
 * @param sentPackets datagrams or requests; 0 for TCP, where nobody sees packets
 * @param arrivedPackets of those; a packet that came twice counts twice
 * @param roundTrips in nanoseconds, for {@link Workload.RequestResponse} only
 */
public record Carried(
        long nanos, long payloadBytes, long sentPackets, long arrivedPackets, Optional<Histogram> roundTrips) {
    public static Carried ofTcp(long nanos, long bytes) {
        return new Carried(nanos, bytes, 0, 0, Optional.empty());
    }

    public double gbitPerSecond() {
        return payloadBytes * 8.0 / nanos;
    }

    public double lossPercent() {
        return sentPackets == 0 ? 0 : Math.max(0, 100.0 * (sentPackets - arrivedPackets) / sentPackets);
    }
}
