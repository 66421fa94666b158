package dev.culvert.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code culvert} by itself. */
@Command(
        name = "culvert",
        description = "A userspace Ethernet tunnel between Linux hosts, in WireGuard's protocol.",
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        versionProvider = CulvertVersion.class,
        footer = {
            "",
            "Begin with: culvert init --help",
            "A command's own help: culvert help COMMAND",
        })
final class CulvertCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return ExitCodes.USAGE;
    }
}
