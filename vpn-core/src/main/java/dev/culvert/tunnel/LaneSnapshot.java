package dev.culvert.tunnel;

import dev.culvert.metrics.CountersSnapshot;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One lane at one moment, or several added up. Immutable.
 *
 * @param lanes what each has carried
 * @param traffic by peer id
 * @param macs by peer id; what lanes share is told by the first alone
 */
record LaneSnapshot(
        List<TunnelStatus.Lane> lanes,
        CountersSnapshot counters,
        List<LanePeer.Traffic> traffic,
        List<List<String>> macs,
        long heldDatagrams,
        long heldFragments,
        Optional<InetSocketAddress> lastBadMac1From) {
    /** This lane and {@code next}, of which this is the first. */
    LaneSnapshot plus(LaneSnapshot next) {
        List<LanePeer.Traffic> added = new ArrayList<>();
        for (int id = 0; id < traffic.size(); id++) {
            added.add(traffic.get(id).plus(next.traffic.get(id)));
        }
        List<TunnelStatus.Lane> both = new ArrayList<>(lanes);
        both.addAll(next.lanes);
        return new LaneSnapshot(
                both,
                counters.plus(next.counters),
                added,
                macs,
                heldDatagrams + next.heldDatagrams,
                heldFragments + next.heldFragments,
                lastBadMac1From.or(next::lastBadMac1From));
    }
}
