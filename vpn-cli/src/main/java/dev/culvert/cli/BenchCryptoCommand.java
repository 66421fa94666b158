package dev.culvert.cli;

import dev.culvert.bench.crypto.CryptoBench;
import dev.culvert.bench.crypto.CryptoSettings;
import dev.culvert.crypto.AeadEngines;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code culvert bench crypto}. */
@Command(
        name = "crypto",
        description = {
            "Measure what a packet costs in each encryption engine of this machine.",
            "Sizes from 64 to 8900 bytes, sealed and opened, in interleaved rounds: time, speed and garbage. Needs no root.",
        })
final class BenchCryptoCommand implements Callable<Integer> {
    private static final int MAX_ROUNDS = 1000;

    @Spec
    private CommandSpec spec;

    @Mixin
    private BenchOutput output;

    @Option(
            names = "--engine",
            paramLabel = "NAME",
            split = ",",
            description = "Only this engine; may be repeated. All that Culvert knows when left out.")
    private List<String> engines = new ArrayList<>();

    @Option(names = "--quick", description = "A first impression in less than a minute: fewer and shorter rounds.")
    private boolean quick;

    @Option(names = "--rounds", paramLabel = "N", description = "10 when left out; 5 with --quick.")
    private @Nullable Integer rounds;

    @Override
    public Integer call() throws IOException {
        int rounds = this.rounds != null ? this.rounds : quick ? 5 : 10;
        OptionLimits.check(spec, "--rounds", rounds, 1, MAX_ROUNDS);
        Set<String> known = AeadEngines.names();
        for (String engine : engines) {
            if (!known.contains(engine)) {
                throw new ParameterException(
                        spec.commandLine(),
                        "--engine: there is no engine '%s'; known are %s".formatted(engine, String.join(", ", known)));
            }
        }
        output.check();
        List<String> chosen = List.copyOf(engines.isEmpty() ? known : new LinkedHashSet<>(engines));
        CryptoSettings settings =
                new CryptoSettings(chosen, rounds, Duration.ofMillis(quick ? 10 : 40), quick ? 30 : 60);
        return output.deliver(new CryptoBench(settings, commandLine(chosen, rounds), output.progress()).run());
    }

    private String commandLine(List<String> chosen, int rounds) {
        return "crypto --engine %s --rounds %d%s".formatted(String.join(",", chosen), rounds, quick ? " --quick" : "");
    }
}
