package dev.culvert.cli;

import dev.culvert.cli.control.Json;
import dev.culvert.cli.demo.Demo;
import dev.culvert.cli.demo.DemoReport;
import dev.culvert.cli.demo.Steps;
import dev.culvert.lab.LabHost;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code culvert demo}. */
@Command(
        name = "demo",
        description = {
            "Show a tunnel at work on this machine alone, and leave nothing behind.",
            "Two hosts in network namespaces, an Ethernet tunnel between them, checked traffic, and throughput beside a"
                    + " plain TAP loopback. Takes less than a minute and needs root.",
        })
final class DemoCommand implements Callable<Integer> {
    private final CommandContext context;

    @Spec
    private CommandSpec spec;

    @Option(names = "--json", description = "Print the result as JSON; the steps go to stderr.")
    private boolean json;

    @Option(names = "--keep", description = "Leave everything running until Enter is pressed, to look around.")
    private boolean keep;

    DemoCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws Exception {
        new Demo(new Steps(progress(), style())).run(this::onReady);
        return ExitCodes.OK;
    }

    private void onReady(DemoReport report, List<LabHost> hosts) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.pretty(report));
        } else {
            report.print(out);
        }
        out.flush();
        if (keep) {
            invite(hosts.getFirst());
            // Enter, or the end of the input
            new BufferedReader(new InputStreamReader(context.in(), StandardCharsets.UTF_8)).readLine();
        }
    }

    private void invite(LabHost host) {
        String inside = "    sudo ip netns exec " + host.namespace();
        PrintWriter out = progress();
        out.println("  Everything still runs. To look around, in another terminal:");
        out.println(inside + " ./culvert status");
        out.println(inside + " ping 10.99.0.2");
        out.println(inside + " bash");
        out.println("  Enter ends the demo and removes it.");
        out.flush();
    }

    private PrintWriter progress() {
        return json ? spec.commandLine().getErr() : spec.commandLine().getOut();
    }

    private Steps.Style style() {
        String encoding = System.getProperty(json ? "stderr.encoding" : "stdout.encoding", "US-ASCII");
        if (!Charset.forName(encoding).newEncoder().canEncode('✓')) {
            return Steps.Style.PLAIN;
        }
        return Ansi.AUTO.enabled() && !json ? Steps.Style.LIVE : Steps.Style.TICKS;
    }
}
