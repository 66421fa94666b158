package dev.culvert.bench.live;

import dev.culvert.bench.Progress;
import dev.culvert.bench.live.LiveFigures.Round;
import dev.culvert.bench.machine.StealMeter;
import dev.culvert.bench.result.Samples;
import dev.culvert.cli.control.ControlClient;
import dev.culvert.tunnel.TunnelStatus;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Round after round of the same probes, as long as the tunnel is the same: what was measured in part before a restart and
 * in part after it is about neither, so only whole rounds are kept.
 */
final class LiveRounds {
    private final ControlClient control;
    private final TunnelStatus before;
    private final LiveSettings settings;
    private final Progress progress;

    private final CpuSource cpu;
    private final List<Probe> probes;
    private final List<List<Round>> rounds = new ArrayList<>();
    private final List<Double> steal = new ArrayList<>();
    private TunnelStatus after;
    private Optional<String> cutShort = Optional.empty();

    /** @param before the status of the tunnel that is measured */
    LiveRounds(ControlClient control, TunnelStatus before, LiveSettings settings, Progress progress) {
        this.control = control;
        this.before = before;
        this.settings = settings;
        this.progress = progress;
        this.cpu = CpuSource.of(before);
        this.probes = Probe.upTo(settings.megabitsPerSecond(), before.mtu());
        this.after = before;
    }

    double mostPerSecond() {
        return probes.stream().mapToDouble(Probe::perSecond).max().orElseThrow();
    }

    /** @throws IOException when not even the first round could be measured */
    void run(Conversation conversation) throws IOException, InterruptedException {
        for (int round = 1; round <= settings.rounds(); round++) {
            try {
                StealMeter meter = StealMeter.start();
                rounds.add(measure(round, conversation));
                steal.add(meter.percent());
            } catch (IOException e) {
                if (rounds.isEmpty()) {
                    throw e;
                }
                cutShort = Optional.of("ended in round %d of %d, and only what was measured before it counts: %s"
                        .formatted(round, settings.rounds(), e.getMessage()));
                return;
            }
        }
    }

    private List<Round> measure(int number, Conversation conversation) throws IOException, InterruptedException {
        List<Round> round = new ArrayList<>();
        for (Probe probe : probes) {
            double done =
                    (number - 1.0) / settings.rounds() + (double) round.size() / probes.size() / settings.rounds();
            progress.onStep("round %d of %d: %s".formatted(number, settings.rounds(), probe.name()), done);
            Optional<Long> cpuBefore = cpu.nanos();
            Stretch stretch = conversation.ask(probe, settings.stretch());
            Optional<Long> cpuAfter = cpu.nanos();
            check(stretch);
            round.add(new Round(stretch, cpuBefore.flatMap(began -> cpuAfter.map(ended -> ended - began))));
        }
        return round;
    }

    private void check(Stretch stretch) throws IOException {
        TunnelStatus now = control.status(before.name());
        if (now.processId() != before.processId() || !now.startedAt().equals(before.startedAt())) {
            throw new IOException(before.name() + ": was restarted meanwhile: measure again");
        }
        if (stretch.sent() == 0) {
            throw new IOException("%s: nothing could be sent: %s"
                    .formatted(
                            before.name(), String.join(", ", stretch.refusals().keySet())));
        }
        after = now;
    }

    /** Why not all rounds were measured. */
    Optional<String> cutShort() {
        return cutShort;
    }

    List<LiveFigures> figures() {
        return IntStream.range(0, probes.size())
                .mapToObj(i -> new LiveFigures(
                        probes.get(i), rounds.stream().map(each -> each.get(i)).toList()))
                .toList();
    }

    Samples stealPercent() {
        return new Samples(steal);
    }

    /** The last that the same tunnel said of itself. */
    TunnelStatus after() {
        return after;
    }
}
