package dev.culvert.peers;

import dev.culvert.bench.contest.Generator;
import dev.culvert.bench.machine.Machine;
import dev.culvert.bench.result.Report;
import dev.culvert.bench.result.Samples;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code benchmarks/peers}. */
@Command(
        name = "peers",
        description = {
            "Measure Culvert beside other tunnels on this machine, and leave nothing behind.",
            "All tunnels are up at once between two hosts in network namespaces, and are given the same traffic in turn,"
                    + " round after round. Needs root.",
        })
final class PeersCommand implements Callable<Integer> {
    private final InputStream in;

    @Spec
    private CommandSpec spec;

    @Mixin
    private PeerOptions peerOptions;

    @Mixin
    private PlanOptions planOptions;

    @Option(
            names = "--keep",
            description = "Leave everything running until Enter is pressed, to look around or measure by hand.")
    private boolean keep;

    @Option(
            names = "--markdown",
            paramLabel = "FILE",
            description = "Write the tables as Markdown; in a page that exists, between its two marks.")
    private Optional<Path> markdown = Optional.empty();

    @Parameters(
            paramLabel = "COMMAND",
            arity = "0..*",
            description =
                    "Measure nothing; run this, once for each peer, while all are up: see benchmarks/README.md, \"By"
                            + " hand\". Put -- before it.")
    private List<String> command = List.of();

    @Mixin
    private BenchOutput output;

    PeersCommand(InputStream in) {
        this.in = in;
    }

    @Override
    public Integer call() throws IOException {
        List<Peer> peers = chosen(peerOptions::peers);
        Plan plan = chosen(planOptions::plan);
        output.check();
        Optional<MarkdownFile> page = markdown.map(MarkdownFile::new);
        if (page.isPresent()) {
            page.get().check();
        }
        try (Gathering gathering = Gathering.open(peers, peerOptions.mtu(), planOptions.programs(plan))) {
            gathering.start(peers, this::say);
            ByHand byHand = new ByHand(gathering);
            if (!command.isEmpty()) {
                byHand.run(command);
                return CommandLine.ExitCode.OK;
            }
            int status = measure(gathering, peers, plan, page);
            if (keep) {
                byHand.invite(spec.commandLine().getErr());
                new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                        .readLine(); // or the end of the input
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

    private int measure(Gathering gathering, List<Peer> peers, Plan plan, Optional<MarkdownFile> page)
            throws IOException {
        Instant began = Instant.now();
        Generator generator = planOptions.generator(gathering);
        Passes passes = new Passes(gathering, generator, plan);
        say("this takes about %d minutes"
                .formatted(Math.ceilDiv(passes.estimate().toSeconds(), 60)));
        Passes.Outcome outcome = passes.run(output.progress());
        Samples steal = new Samples(outcome.stealPercent());
        List<String> warnings = new ArrayList<>(Warnings.ofForeignLoad(outcome.foreignPercent()));
        warnings.addAll(Warnings.ofSteal(steal));
        warnings.addAll(outcome.warnings());
        Report report = new Report(
                Report.FORMAT,
                "peers",
                began,
                Duration.between(began, Instant.now()).toMillis() / 1e3,
                "benchmarks/peers" + planOptions.text() + peerOptions.text(),
                Machine.environment(Facts.of(gathering, peers, generator)),
                steal,
                outcome.sections(),
                warnings);
        if (page.isPresent()) {
            page.get().write(MarkdownTables.of(report, plan.traffic()));
        }
        return output.deliver(report);
    }

    private void say(String what) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(what);
        err.flush();
    }
}
