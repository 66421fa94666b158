package dev.culvert.cli;

import dev.culvert.cli.control.ControlClient;
import dev.culvert.cli.control.Json;
import dev.culvert.cli.render.Palette;
import dev.culvert.cli.render.StatusText;
import dev.culvert.tunnel.TunnelStatus;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code culvert status}. */
@Command(
        name = "status",
        description = "Show what running tunnels do: sessions, traffic, losses, and why frames were dropped.")
final class StatusCommand implements Callable<Integer> {
    private static final String CLEAR_SCREEN = "\u001b[H\u001b[2J";
    private static final int MAX_WATCH_SECONDS = 3600;

    private final CommandContext context;

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "NAME",
            arity = "0..1",
            description = "The tunnel; all of this network namespace when left out.",
            converter = DeviceNameConverter.class)
    private @Nullable String name;

    @Option(names = "--json", description = "Print JSON: an object with NAME, an array without.")
    private boolean json;

    @Option(
            names = "--watch",
            arity = "0..1",
            paramLabel = "SECONDS",
            fallbackValue = AttachedSeconds.DEFAULT,
            preprocessor = AttachedSeconds.class,
            description = "Show it again every 2 (or SECONDS) seconds, until interrupted.")
    private @Nullable Integer watchSeconds;

    private boolean isComplete = true;

    StatusCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        if (watchSeconds == null) {
            out(shown());
            return isComplete ? ExitCodes.OK : ExitCodes.FAILED;
        }
        if (watchSeconds < 1 || watchSeconds > MAX_WATCH_SECONDS) {
            throw new ParameterException(
                    spec.commandLine(), "--watch: expected 1 to %d seconds".formatted(MAX_WATCH_SECONDS));
        }
        return watch(Duration.ofSeconds(watchSeconds));
    }

    private int watch(Duration interval) throws IOException {
        String clear = !json && isTerminal() ? CLEAR_SCREEN : "";
        while (true) {
            out(clear + shown());
            try {
                context.pause().pause(interval);
            } catch (InterruptedException _) {
                return isComplete ? ExitCodes.OK : ExitCodes.FAILED;
            }
        }
    }

    private void out(String text) {
        PrintWriter out = spec.commandLine().getOut();
        out.print(text);
        out.flush();
    }

    private String shown() throws IOException {
        ControlClient client = new ControlClient(context.runDirectory());
        if (name == null) {
            ControlClient.Answers all = client.all();
            isComplete = all.failures().isEmpty();
            all.failures().forEach(this::tell);
            return json ? asJson(all.tunnels()) : asText(all.tunnels());
        }
        TunnelStatus one = client.status(name);
        return json ? asJson(one) : asText(List.of(one));
    }

    private void tell(IOException failure) {
        spec.commandLine().getErr().println("culvert: " + failure.getMessage());
    }

    /** Watched JSON is for programs: one line each time. */
    private String asJson(Object value) {
        return (watchSeconds == null ? Json.pretty(value) : Json.line(value)) + "\n";
    }

    private String asText(List<TunnelStatus> tunnels) {
        if (tunnels.isEmpty()) {
            return isComplete ? "no tunnel is running\n" : "";
        }
        Palette palette = isTerminal() ? Palette.COLOURED : Palette.PLAIN;
        Instant now = context.clock().now();
        return tunnels.stream().map(each -> StatusText.of(each, now, palette)).collect(Collectors.joining("\n"));
    }

    private static boolean isTerminal() {
        return Ansi.AUTO.enabled();
    }
}
