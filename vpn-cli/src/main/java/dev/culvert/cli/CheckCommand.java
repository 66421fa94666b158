package dev.culvert.cli;

import dev.culvert.cli.toml.LoadedConfig;
import dev.culvert.cli.toml.TomlConfigLoader;
import dev.culvert.config.TunnelConfig;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
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
                    spec.commandLine().getOut().println(file + ": " + summary(config));
                }
                yield ExitCodes.OK;
            }
        };
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
