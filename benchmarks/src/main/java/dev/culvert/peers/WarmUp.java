package dev.culvert.peers;

import dev.culvert.bench.Progress;
import dev.culvert.bench.contest.Generator;
import dev.culvert.bench.contest.Workload;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * Traffic through every Culvert before it is compared. A tunnel runs for weeks; what its virtual machine does in the first
 * seconds, interpreting and compiling, would otherwise be in the first rounds: a fifth of the throughput of the very first,
 * and of the first over a cable with other offloads, which leads through other parts of the code.
 */
record WarmUp(Generator generator, List<RunningPeer> peers, Duration ofEach) {
    private static final List<Workload> TRAFFIC = List.of(
            new Workload.TcpStreams(1, false), new Workload.TcpStreams(1, true), new Workload.UdpRate(64, 60_000));
    /** After so much of each, rounds do not get better any more. */
    private static final Duration ENOUGH = Duration.ofSeconds(5);
    /** For who wants only a look. */
    private static final int MOST_MEASUREMENTS = 5;

    private static final Generator.Window UNTOLD = new Generator.Window() {
        @Override
        public void opens() {}

        @Override
        public void closes() {}
    };

    /** @param length of a measurement */
    static WarmUp of(Generator generator, List<RunningPeer> peers, Duration length) {
        Duration most = length.multipliedBy(MOST_MEASUREMENTS);
        return new WarmUp(generator, peers, most.compareTo(ENOUGH) < 0 ? most : ENOUGH);
    }

    Duration estimate() {
        return ofEach.multipliedBy(TRAFFIC.size() * (long) culverts().size());
    }

    void run(Progress progress) throws IOException {
        for (RunningPeer culvert : culverts()) {
            for (Workload workload : TRAFFIC) {
                progress.onStep("warming up: %s, %s".formatted(culvert.name(), workload.title()), 0);
                var _ = generator.run(culvert, workload, ofEach, UNTOLD);
            }
        }
    }

    private List<RunningPeer> culverts() {
        return peers.stream().filter(peer -> peer.culvert().isPresent()).toList();
    }
}
