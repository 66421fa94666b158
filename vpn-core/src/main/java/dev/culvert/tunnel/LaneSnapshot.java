package dev.culvert.tunnel;

import dev.culvert.metrics.CountersSnapshot;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * One lane at one moment, or several added up. Immutable.
 *
 * @param lanes what each has carried
 * @param traffic by peer id
 * @param lastBadMac1From of each lane where there was one
 * @param macs by peer id; what lanes share is told by the first alone
 */
record LaneSnapshot(
        List<TunnelStatus.Lane> lanes,
        CountersSnapshot counters,
        List<LanePeer.Traffic> traffic,
        List<List<String>> macs,
        long heldDatagrams,
        long heldFragments,
        List<InetSocketAddress> lastBadMac1From) {
    LaneSnapshot {
        lanes = List.copyOf(lanes);
        traffic = List.copyOf(traffic);
        macs = List.copyOf(macs);
        lastBadMac1From = List.copyOf(lastBadMac1From);
    }

    /** This lane and {@code next}, of which this is the first. */
    LaneSnapshot plus(LaneSnapshot next) {
        List<LanePeer.Traffic> added = new ArrayList<>();
        for (int id = 0; id < traffic.size(); id++) {
            added.add(traffic.get(id).plus(next.traffic.get(id)));
        }
        return new LaneSnapshot(
                joined(lanes, next.lanes),
                counters.plus(next.counters),
                added,
                macs,
                heldDatagrams + next.heldDatagrams,
                heldFragments + next.heldFragments,
                joined(lastBadMac1From, next.lastBadMac1From));
    }

    private static <T> List<T> joined(List<T> some, List<T> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }
}
