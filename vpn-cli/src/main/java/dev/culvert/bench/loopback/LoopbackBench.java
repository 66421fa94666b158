package dev.culvert.bench.loopback;

import dev.culvert.bench.Progress;
import dev.culvert.bench.contest.Contest;
import dev.culvert.bench.contest.ContestResult;
import dev.culvert.bench.contest.Generator;
import dev.culvert.bench.machine.Machine;
import dev.culvert.bench.machine.SystemCallCount;
import dev.culvert.bench.result.Environment;
import dev.culvert.bench.result.Report;
import dev.culvert.bench.traffic.Iperf3;
import dev.culvert.bench.traffic.OwnGenerator;
import dev.culvert.lab.Lab;
import dev.culvert.tunnel.TunnelStatus;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The same traffic through everything between a bare cable and the tunnel; what became of it, as a report. */
public final class LoopbackBench {
    private final LoopbackSettings settings;
    private final String commandLine;
    private final Progress progress;

    /** @param commandLine for the report: would be accepted again */
    public LoopbackBench(LoopbackSettings settings, String commandLine, Progress progress) {
        this.settings = settings;
        this.commandLine = commandLine;
        this.progress = progress;
    }

    /** @throws IOException naming what failed, and the remedy; nothing is left behind */
    public Report run() throws IOException {
        Instant began = Instant.now();
        long beganNanos = System.nanoTime();
        try (Lab lab = Lab.open(programs())) {
            progress.onStep("starting what is to be measured", 0);
            LoopbackSubjects subjects = LoopbackSubjects.start(lab, settings.mtu(), settings.cableMtu());
            TunnelPair tunnel = subjects.tunnel();
            Generator generator = settings.iperf3()
                    ? new Iperf3(subjects.left(), subjects.right())
                    : new OwnGenerator(subjects.left(), subjects.right());
            Contest contest = new Contest(generator, subjects.all(), settings.workloads(), settings.contest());
            ContestResult result = contest.run(progress);
            progress.onStep("removing it", 1);
            return new Report(
                    Report.FORMAT,
                    "loopback",
                    began,
                    (System.nanoTime() - beganNanos) / 1e9,
                    commandLine,
                    environment(subjects, generator),
                    result.stealPercent(),
                    LoopbackSections.of(result),
                    LoopbackWarnings.of(result, tunnel.complaints()));
        }
    }

    private String[] programs() {
        List<String> programs = new ArrayList<>();
        if (settings.iperf3()) {
            programs.add(Iperf3.PROGRAM);
        }
        if (settings.contest().countsSystemCalls()) {
            programs.add(SystemCallCount.PROGRAM);
        }
        return programs.toArray(String[]::new);
    }

    private Environment environment(LoopbackSubjects subjects, Generator generator) throws IOException {
        TunnelStatus tunnel = subjects.tunnel().facts();
        String refused = subjects.offloaded().process().refusedOffloads();
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("inner MTU", Integer.toString(settings.mtu()));
        facts.put("cable", "veth, MTU %d, offloads as the kernel sets them".formatted(settings.cableMtu()));
        facts.put("offloads of the plain TAP", refused.isEmpty() ? "all" : "without " + refused);
        facts.put("cipher", tunnel.cipherInUse().text());
        facts.put("tunnel I/O", tunnel.ioBackend());
        facts.put("traffic", generator.name());
        return Machine.environment(facts);
    }
}
