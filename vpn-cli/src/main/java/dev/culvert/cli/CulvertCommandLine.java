package dev.culvert.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** All commands put together, with what they share: help, exit codes, how failures are told. */
public final class CulvertCommandLine {
    private static final int HELP_COLUMNS = 100;

    private CulvertCommandLine() {}

    static CommandLine of(CommandContext context) {
        CommandLine root = new CommandLine(new CulvertCommand());
        for (Object command : commands(context)) {
            root.addSubcommand(command);
        }
        root.getCommandSpec()
                .addOption(OptionSpec.builder("-V", "--version")
                        .versionHelp(true)
                        .description("Show the version and exit.")
                        .build());
        return completed(root);
    }

    /** A program of its own, of this project, that behaves as {@code culvert} does. */
    public static CommandLine single(Object command) {
        return completed(new CommandLine(command));
    }

    private static CommandLine completed(CommandLine root) {
        complete(root);
        root.setUsageHelpWidth(HELP_COLUMNS);
        root.setParameterExceptionHandler(Failures::onWrongUsage);
        root.setExecutionExceptionHandler(Failures::onFailure);
        return root;
    }

    private static List<Object> commands(CommandContext context) {
        return List.of(
                new UpCommand(context),
                new DownCommand(context),
                new StatusCommand(context),
                new CheckCommand(),
                new InitCommand(),
                new GenKeyCommand(),
                new PubKeyCommand(context),
                new GenPskCommand(),
                new DemoCommand(context),
                bench(context),
                new CommandLine.HelpCommand());
    }

    private static CommandLine bench(CommandContext context) {
        CommandLine bench = new CommandLine(new BenchCommand());
        bench.addSubcommand(new BenchCrossingCommand());
        bench.addSubcommand(new BenchLoopbackCommand());
        bench.addSubcommand(new BenchCryptoCommand());
        bench.addSubcommand(new BenchLiveCommand(context));
        bench.addSubcommand(new BenchShowCommand());
        return bench;
    }

    private static void complete(CommandLine command) {
        complete(command.getCommandSpec());
        command.getSubcommands().values().forEach(CulvertCommandLine::complete);
    }

    private static void complete(CommandSpec spec) {
        if (spec.findOption("--help") == null) {
            spec.addOption(OptionSpec.builder("-h", "--help")
                    .usageHelp(true)
                    .description("Show this help and exit.")
                    .build());
        }
        spec.usageMessage()
                .abbreviateSynopsis(false)
                .exitCodeListHeading("%nExit codes:%n")
                .exitCodeList(ExitCodes.descriptions(spec.findOption("--against") != null));
    }
}
