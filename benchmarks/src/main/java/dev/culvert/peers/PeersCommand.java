package dev.culvert.peers;

import dev.culvert.bench.contest.Generator;
import dev.culvert.bench.machine.Machine;
import dev.culvert.bench.result.Report;
import dev.culvert.bench.traffic.Iperf3;
import dev.culvert.bench.traffic.OwnGenerator;
import dev.culvert.cli.BenchOutput;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code benchmarks/peers}. */
@Command(
        name = "peers",
        description = {
            "Measure Culvert beside other tunnels on this machine, and leave nothing behind.",
            "All tunnels are up at once between two hosts in network namespaces, and are given the same traffic in turn,"
                    + " round after round: first over a cable with the kernel's offloads on, then with them off. Needs root.",
        })
final class PeersCommand implements Callable<Integer> {
    enum Source {
        own,
        iperf3
    }

    private static final List<String> YARDSTICKS = List.of(TapLoopback.OFFLOADED, Fastd.NULL);

    private final InputStream in;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "3",
            description = "How often everything is measured. Default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            defaultValue = "1",
            description = "How long each measurement lasts. Default: ${DEFAULT-VALUE}.")
    private double seconds;

    @Option(
            names = "--only",
            paramLabel = "NAMES",
            split = ",",
            description = "Only peers that have one of these words in their names: culvert,fastd.")
    private List<String> only = List.of();

    @Option(
            names = "--workloads",
            paramLabel = "IDS",
            split = ",",
            description = "Only traffic whose id begins with one of these: tcp,udp-64.")
    private List<String> workloads = List.of();

    @Option(
            names = "--generator",
            paramLabel = "WHICH",
            defaultValue = "own",
            description = "What makes the traffic: own or iperf3. Default: ${DEFAULT-VALUE}.")
    private Source source;

    @Option(
            names = "--add",
            paramLabel = "NAME=SCRIPT",
            description = "A tunnel of your own, started by a script: see benchmarks/README.md. May be given again.")
    private Map<String, Path> added = new LinkedHashMap<>();

    @Option(
            names = "--keep",
            description = "Leave everything running until Enter is pressed, to look around or measure by hand.")
    private boolean keep;

    @Option(
            names = "--markdown",
            paramLabel = "FILE",
            description = "Write the tables as Markdown; in a page that exists, between its two marks.")
    private Optional<Path> markdown = Optional.empty();

    @Mixin
    private BenchOutput output;

    PeersCommand(InputStream in) {
        this.in = in;
    }

    @Override
    public Integer call() throws IOException {
        List<Peer> peers = chosen(() -> Choice.of(Peers.all(), only, added));
        Traffic traffic = chosen(() -> Traffic.of(workloads));
        if (rounds < 0 || (rounds == 0 && !keep) || seconds <= 0) {
            throw new ParameterException(
                    spec.commandLine(), "--rounds and --seconds must be above 0; --rounds 0 needs --keep");
        }
        output.check();
        Optional<MarkdownFile> page = markdown.map(MarkdownFile::new);
        if (page.isPresent()) {
            page.get().check();
        }
        String[] programs = source == Source.iperf3 ? new String[] {Iperf3.PROGRAM} : new String[0];
        try (Gathering gathering = Gathering.open(peers, programs)) {
            gathering.start(peers, this::say);
            int status = rounds == 0 ? CommandLine.ExitCode.OK : measure(gathering, peers, traffic, page);
            if (keep) {
                invite(gathering);
            }
            return status;
        }
    }

    private <T> T chosen(Supplier<T> choice) {
        try {
            return choice.get();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private int measure(Gathering gathering, List<Peer> peers, Traffic traffic, Optional<MarkdownFile> page)
            throws IOException {
        Instant began = Instant.now();
        Generator generator = source == Source.iperf3
                ? new Iperf3(gathering.one(), gathering.two())
                : new OwnGenerator(gathering.one(), gathering.two());
        Duration length = Duration.ofMillis(Math.round(seconds * 1000));
        Passes passes = new Passes(gathering, generator, traffic, rounds, length);
        say("this takes about %d minutes"
                .formatted(Math.ceilDiv(passes.estimate().toSeconds(), 60)));
        Passes.Outcome outcome = passes.run(output.progress());
        Report report = new Report(
                Report.FORMAT,
                "peers",
                began,
                Duration.between(began, Instant.now()).toMillis() / 1e3,
                settings(),
                Machine.environment(Facts.of(gathering, peers, generator)),
                outcome.stealPercent(),
                outcome.sections(),
                List.of());
        if (page.isPresent()) {
            page.get().write(MarkdownTables.of(report, YARDSTICKS));
        }
        return output.deliver(report);
    }

    /** As it would be typed. */
    private String settings() {
        StringBuilder text = new StringBuilder(
                "benchmarks/peers --rounds %d --seconds %s --generator %s".formatted(rounds, seconds, source));
        if (!only.isEmpty()) {
            text.append(" --only '").append(String.join(",", only)).append("'");
        }
        if (!workloads.isEmpty()) {
            text.append(" --workloads ").append(String.join(",", workloads));
        }
        added.forEach((name, script) -> text.append(" --add '%s=%s'".formatted(name, script)));
        return text.toString();
    }

    private void invite(Gathering gathering) throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        err.println("Everything still runs. By hand, as root, in two other terminals:");
        err.println("    ip netns exec %s iperf3 -s".formatted(gathering.two().namespace()));
        for (RunningPeer peer : gathering.running()) {
            err.println("    ip netns exec %s iperf3 -c %-11s # %s"
                    .formatted(gathering.one().namespace(), peer.secondAddress(), peer.name()));
        }
        err.println("Enter ends it and removes everything.");
        err.flush();
        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).readLine(); // or the end of the input
    }

    private void say(String what) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(what);
        err.flush();
    }
}
