package dev.culvert.cli;

import dev.culvert.cli.run.ForegroundRun;
import dev.culvert.cli.toml.LoadedConfig;
import dev.culvert.cli.toml.TomlConfigLoader;
import dev.culvert.config.TunnelConfig;
import dev.culvert.tunnel.TunnelStatus;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code culvert up}. */
@Command(
        name = "up",
        description = {
            "Start the tunnel of a configuration file and stay in the foreground.",
            "Prints one line when the tunnel is ready. SIGINT, SIGTERM or culvert down end it in order.",
        })
final class UpCommand implements Callable<Integer> {
    private static final String LOG_LEVEL = "org.slf4j.simpleLogger.defaultLogLevel";

    private final CommandContext context;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The configuration: one TOML file a tunnel.")
    private Path file;

    @Option(
            names = {"-v", "--verbose"},
            description = "Log details, to stderr.")
    private boolean verbose;

    UpCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (verbose) {
            System.setProperty(LOG_LEVEL, "debug"); // read by slf4j-simple at the first logger, which is not made yet
        }
        LoadedConfig loaded = TomlConfigLoader.load(file);
        PrintWriter err = spec.commandLine().getErr();
        loaded.warnings().forEach(err::println);
        return switch (loaded) {
            case LoadedConfig.Broken broken -> {
                broken.faults().forEach(err::println);
                yield ExitCodes.USAGE;
            }
            case LoadedConfig.Valid valid -> run(valid.config());
        };
    }

    private int run(TunnelConfig config) throws IOException, InterruptedException {
        try (config) {
            new ForegroundRun(context.launcher(), context.runDirectory(), this::announce).run(config);
        }
        return ExitCodes.OK;
    }

    private void announce(TunnelStatus status) {
        PrintWriter out = spec.commandLine().getOut();
        out.printf(
                "%s: ready, listening on %s, public key %s%n",
                status.name(), status.listenAddress(), status.publicKey());
        out.flush();
    }
}
