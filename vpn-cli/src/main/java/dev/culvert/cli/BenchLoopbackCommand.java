package dev.culvert.cli;

import dev.culvert.bench.contest.Contest;
import dev.culvert.bench.loopback.LoopbackBench;
import dev.culvert.bench.loopback.LoopbackSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code culvert bench loopback}. */
@Command(
        name = "loopback",
        description = {
            "Measure what the tunnel costs on top of a plain TAP loopback, step by step.",
            "Two hosts in network namespaces on this machine; between them a bare cable, plain TAP loopbacks, the steps"
                    + " from there to the tunnel, and the tunnel. The same traffic through each, in interleaved rounds."
                    + " Leaves nothing behind. Needs root.",
        })
final class BenchLoopbackCommand implements Callable<Integer> {
    private static final int MAX_ROUNDS = 100;
    private static final double MAX_SECONDS = 60;
    private static final int MIN_MTU = 576;
    private static final int MAX_MTU = 65_535 - 96;
    private static final int MAX_PACKETS_PER_SECOND = 1_000_000;

    @Spec
    private CommandSpec spec;

    @Mixin
    private BenchOutput output;

    @Option(names = "--quick", description = "A first impression in less than 90 s: fewer and shorter rounds.")
    private boolean quick;

    @Option(names = "--rounds", paramLabel = "N", description = "5 when left out; 3 with --quick.")
    private @Nullable Integer rounds;

    @Option(
            names = "--seconds",
            paramLabel = "SECONDS",
            description = "Of each measurement; 3 when left out, 0.4 with --quick (1 with iperf3).")
    private @Nullable Double seconds;

    @Option(
            names = "--mtu",
            paramLabel = "BYTES",
            defaultValue = "" + LoopbackSettings.AUTO_MTU,
            description = "Of the TAPs; the cable's follows. ${DEFAULT-VALUE} when left out.")
    private int mtu;

    @Option(
            names = "--udp-rate",
            paramLabel = "PPS",
            defaultValue = "20000",
            description = "Packets of 64 bytes offered per second; ${DEFAULT-VALUE} when left out.")
    private int packetsPerSecond;

    @Option(
            names = "--iperf3",
            description = "Let iperf3 make the traffic, all but request and response, for whole seconds.")
    private boolean iperf3;

    @Option(names = "--perf", description = "Count all system calls of the processes, too, with perf.")
    private boolean perf;

    @Option(names = "--seed", paramLabel = "NUMBER", description = "Of the order of measurements: repeats one.")
    private @Nullable Long seed;

    @Override
    public Integer call() throws IOException {
        int rounds = this.rounds != null ? this.rounds : quick ? 3 : 5;
        double seconds = this.seconds != null ? this.seconds : !quick ? 3 : iperf3 ? 1 : 0.4;
        OptionLimits.check(spec, "--rounds", rounds, 1, MAX_ROUNDS);
        OptionLimits.check(spec, "--seconds", seconds, 0.1, MAX_SECONDS);
        OptionLimits.check(spec, "--mtu", mtu, MIN_MTU, MAX_MTU);
        OptionLimits.check(spec, "--udp-rate", packetsPerSecond, 1, MAX_PACKETS_PER_SECOND);
        if (iperf3 && seconds != Math.rint(seconds)) {
            throw new ParameterException(
                    spec.commandLine(), "--seconds: iperf3 measures whole seconds, found " + seconds);
        }
        output.check();
        Contest.Settings contest = new Contest.Settings(
                rounds,
                Duration.ofMillis(Math.round(seconds * 1000)),
                Duration.ofMillis(quick ? 500 : 1000),
                seed != null ? seed : new Random().nextInt(1_000_000),
                perf);
        LoopbackSettings settings =
                new LoopbackSettings(contest, LoopbackSettings.workloads(packetsPerSecond), mtu, iperf3);
        return output.deliver(new LoopbackBench(settings, commandLine(contest), output.progress()).run());
    }

    private String commandLine(Contest.Settings contest) {
        List<String> words = new ArrayList<>(List.of(
                "loopback",
                "--rounds",
                Integer.toString(contest.rounds()),
                "--seconds",
                Double.toString(contest.length().toMillis() / 1e3),
                "--mtu",
                Integer.toString(mtu),
                "--udp-rate",
                Integer.toString(packetsPerSecond),
                "--seed",
                Long.toString(contest.seed())));
        if (quick) {
            words.add("--quick");
        }
        if (iperf3) {
            words.add("--iperf3");
        }
        if (perf) {
            words.add("--perf");
        }
        return String.join(" ", words);
    }
}
