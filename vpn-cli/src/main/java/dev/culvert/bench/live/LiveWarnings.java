package dev.culvert.bench.live;

import dev.culvert.tunnel.TunnelStatus;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What a reader of the figures of a live tunnel must know. */
final class LiveWarnings {
    private LiveWarnings() {}

    static List<String> of(TunnelStatus before, TunnelStatus after, Collection<LiveFigures> figures) {
        List<String> warnings = new ArrayList<>();
        if (before.processId() != after.processId()) {
            warnings.add(before.name() + " was restarted during the run");
        }
        after.drops().forEach((reason, count) -> {
            long dropped = count - before.drops().getOrDefault(reason, 0L);
            if (dropped > 0) {
                warnings.add("%s dropped %d during the run: %s".formatted(after.name(), dropped, reason));
            }
        });
        List<String> lossy = figures.stream()
                .filter(LiveFigures::isLossy)
                .map(LiveFigures::name)
                .toList();
        if (!lossy.isEmpty()) {
            warnings.add("replies were missing (" + String.join(", ", lossy)
                    + "): lost on the way, or the far side limits the ICMP it answers");
        }
        return warnings;
    }
}
