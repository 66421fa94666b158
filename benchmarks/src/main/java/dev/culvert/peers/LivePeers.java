package dev.culvert.peers;

import dev.culvert.bench.contest.Carried;
import dev.culvert.bench.contest.Generator;
import dev.culvert.bench.contest.Subject;
import dev.culvert.bench.contest.Workload;
import java.io.IOException;
import java.time.Duration;

/**
 * Traffic through peers that live: one that has ended carries nothing, and costs nothing, which must not be taken for a
 * result of it.
 */
record LivePeers(Generator generator) implements Generator {
    @Override
    public String name() {
        return generator.name();
    }

    @Override
    public Carried run(Subject subject, Workload workload, Duration length, Window window) throws IOException {
        if (!(subject instanceof RunningPeer peer)) {
            throw new IllegalArgumentException(subject.name() + " is no peer");
        }
        peer.ensureAlive();
        Carried carried;
        try {
            carried = generator.run(subject, workload, length, window);
        } catch (IOException e) {
            peer.ensureAlive(); // if it is not, that says more than what came of it
            throw e;
        }
        peer.ensureAlive();
        return carried;
    }

    @Override
    public boolean flowsBeyondWindow(Workload workload) {
        return generator.flowsBeyondWindow(workload);
    }
}
