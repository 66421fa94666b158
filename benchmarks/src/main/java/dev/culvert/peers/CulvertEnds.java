package dev.culvert.peers;

import dev.culvert.lab.CulvertProcess;
import dev.culvert.lab.LabException;
import dev.culvert.lab.LabProcess;
import dev.culvert.metrics.CounterId;
import dev.culvert.tunnel.TunnelStatus;
import java.time.Duration;
import java.util.List;

/** What a Culvert can be asked, and no other tunnel: over the control sockets of both ends. */
record CulvertEnds(List<CulvertProcess> ends) {
    private static final Duration SESSION_LIMIT = Duration.ofSeconds(20);

    CulvertEnds {
        ends = List.copyOf(ends);
    }

    List<LabProcess> processes() {
        return ends.stream().map(CulvertProcess::process).toList();
    }

    /** As {@link dev.culvert.bench.contest.Subject#crossings}. */
    long crossings() throws LabException {
        long calls = 0;
        for (CulvertProcess end : ends) {
            TunnelStatus status = end.status();
            calls += CounterId.CROSSINGS.stream().mapToLong(status::counter).sum();
        }
        return calls;
    }

    /** What it runs with, for people. */
    String facts() throws LabException {
        TunnelStatus status = ends.getFirst().awaitHellos(SESSION_LIMIT);
        return "MTU %d, lanes %d, %s, %s"
                .formatted(
                        status.mtu(),
                        status.lanes().size(),
                        status.cipherInUse().text(),
                        status.ioBackend());
    }
}
