package dev.culvert.cli;

import dev.culvert.cli.toml.LoadedConfig;
import dev.culvert.cli.toml.TomlConfigLoader;
import dev.culvert.config.TunnelConfig;
import dev.culvert.crypto.CipherChoice;
import dev.culvert.crypto.CipherEngines;
import dev.culvert.crypto.NoAeadEngineException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code culvert check}. */
@Command(
        name = "check",
        description = {
            "Check configuration files and the key files they name.",
            "Tells every fault at once, each with its place. Changes nothing and needs no tunnel.",
        })
final class CheckCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "The configurations.")
    private List<Path> files;

    @Override
    public Integer call() {
        int exitCode = ExitCodes.OK;
        for (Path file : files) {
            exitCode = Math.max(exitCode, check(file));
        }
        return exitCode;
    }

    private int check(Path file) {
        LoadedConfig loaded = TomlConfigLoader.load(file);
        PrintWriter err = spec.commandLine().getErr();
        loaded.warnings().forEach(err::println);
        return switch (loaded) {
            case LoadedConfig.Broken broken -> {
                broken.faults().forEach(err::println);
                yield ExitCodes.USAGE;
            }
            case LoadedConfig.Valid valid -> {
                try (TunnelConfig config = valid.config()) {
                    missingEngine(config).ifPresent(warning -> err.println(file + ": " + warning));
                    spec.commandLine().getOut().println(file + ": " + summary(config));
                }
                yield ExitCodes.OK;
            }
        };
    }

    /** Only a warning: the file may be meant for another machine. Nor is every engine tested for every file. */
    private static Optional<String> missingEngine(TunnelConfig config) {
        if (!config.cipherChoices().contains(CipherChoice.AES_256_GCM)) {
            return Optional.empty();
        }
        try {
            CipherEngines _ = CipherEngines.choose(config.crypto().engines(), config.cipherChoices());
            return Optional.empty();
        } catch (NoAeadEngineException missing) {
            return Optional.of("warning: up would fail on this machine: " + missing.getMessage());
        }
    }

    private static String summary(TunnelConfig config) {
        int peers = config.peers().size();
        return "good: %s %s, %d peer%s, public key %s"
                .formatted(
                        config.device().mode().text(),
                        config.device().name(),
                        peers,
                        peers == 1 ? "" : "s",
                        config.device().privateKey().publicKey());
    }
}
