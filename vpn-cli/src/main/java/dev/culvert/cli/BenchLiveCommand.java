package dev.culvert.cli;

import dev.culvert.bench.live.LiveBench;
import dev.culvert.bench.live.LiveSettings;
import dev.culvert.cli.control.ControlClient;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code culvert bench live}. */
@Command(
        name = "live",
        description = {
            "Measure a running tunnel: latency, loss and throughput within a cap.",
            "Sends ICMP echo requests through it, which the far side's kernel answers: nothing has to run there, and"
                    + " nothing about the tunnel is changed. Needs root.",
        })
final class BenchLiveCommand implements Callable<Integer> {
    private static final double MAX_MEGABITS = 10_000;
    private static final double MAX_SECONDS = 60;
    private static final int MAX_ROUNDS = 100;

    private final CommandContext context;

    @Spec
    private CommandSpec spec;

    @Mixin
    private BenchOutput output;

    @Parameters(index = "0", paramLabel = "NAME", description = "The tunnel.", converter = DeviceNameConverter.class)
    private String name;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "ADDRESS",
            description = "An IP address behind a peer. Left out, the one the tunnel knows of, if it is the only one.",
            converter = AddressConverter.class)
    private @Nullable InetAddress address;

    @Option(
            names = "--rate",
            paramLabel = "MBIT",
            defaultValue = "10",
            description = "The cap, Mbit/s each way; ${DEFAULT-VALUE} when left out.")
    private double megabitsPerSecond;

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "3", description = "${DEFAULT-VALUE} when left out.")
    private int rounds;

    @Option(
            names = "--seconds",
            paramLabel = "SECONDS",
            defaultValue = "2",
            description = "Of each of the four measurements of a round; ${DEFAULT-VALUE} when left out.")
    private double seconds;

    BenchLiveCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        OptionLimits.check(spec, "--rate", megabitsPerSecond, 0.01, MAX_MEGABITS);
        OptionLimits.check(spec, "--rounds", rounds, 1, MAX_ROUNDS);
        OptionLimits.check(spec, "--seconds", seconds, 0.1, MAX_SECONDS);
        output.check();
        LiveSettings settings =
                new LiveSettings(megabitsPerSecond, rounds, Duration.ofMillis(Math.round(seconds * 1000)));
        ControlClient control = new ControlClient(context.runDirectory());
        LiveBench.Outcome outcome =
                new LiveBench(control, name, settings, output.progress()).run(Optional.ofNullable(address));
        int exitCode = output.deliver(outcome.report());
        return outcome.isWhole() ? exitCode : ExitCodes.FAILED;
    }

    private static final class AddressConverter implements ITypeConverter<InetAddress> {
        @Override
        public InetAddress convert(String value) {
            try {
                return InetAddress.ofLiteral(value);
            } catch (IllegalArgumentException _) {
                throw new TypeConversionException("'" + value + "' is not an IP address");
            }
        }
    }
}
