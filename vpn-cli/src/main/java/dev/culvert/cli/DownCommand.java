package dev.culvert.cli;

import dev.culvert.cli.control.ControlClient;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code culvert down}. */
@Command(name = "down", description = "Stop a running tunnel and wait until its device is gone.")
final class DownCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final CommandContext context;

    @Parameters(paramLabel = "NAME", description = "The tunnel.", converter = DeviceNameConverter.class)
    private String name;

    DownCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        new ControlClient(context.runDirectory()).stop(name, PATIENCE);
        return ExitCodes.OK;
    }
}
