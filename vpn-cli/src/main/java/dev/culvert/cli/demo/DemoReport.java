package dev.culvert.cli.demo;

import dev.culvert.bench.result.Samples;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * What the demo found.
 *
 * @param drops by host and reason; empty in a good run
 */
public record DemoReport(
        Samples loopback,
        Samples tunnel,
        double percentOfLoopback,
        long transferredBytes,
        String sha256,
        String engine,
        List<Flow> flows,
        Map<String, Map<String, Long>> drops) {

    /** For people. */
    public void print(PrintWriter out) {
        out.println();
        out.printf(Locale.ROOT, "  %-28s %14s%n", "one TCP stream", "Gbit/s");
        printRates(out, "plain TAP loopback", loopback, "");
        printRates(
                out,
                "through the tunnel",
                tunnel,
                String.format(Locale.ROOT, "   %.0f %% of the loopback", percentOfLoopback));
        out.println();
        out.printf(Locale.ROOT, "  %-28s", "accounting");
        flows.forEach(flow -> out.printf(Locale.ROOT, " %14s", flow.from() + " > " + flow.to()));
        out.println();
        printFlows(out, "frames read from the TAP", Flow::framesRead);
        printFlows(out, "frames sealed", Flow::framesSealed);
        printFlows(out, "datagrams sent", Flow::datagramsSent);
        printFlows(out, "datagrams received", Flow::datagramsReceived);
        printFlows(out, "frames opened", Flow::framesOpened);
        printFlows(out, "frames written to the TAP", Flow::framesWritten);
        out.println();
    }

    private static void printRates(PrintWriter out, String title, Samples rates, String remark) {
        out.printf(
                Locale.ROOT,
                "  %-28s %14.2f   (%.2f to %.2f in %d rounds)%s%n",
                title,
                rates.median(),
                rates.lowest(),
                rates.highest(),
                rates.rounds().size(),
                remark);
    }

    private void printFlows(PrintWriter out, String title, ToLongFunction<Flow> value) {
        out.printf(Locale.ROOT, "  %-28s", title);
        flows.forEach(flow -> out.printf(Locale.ROOT, " %,14d", value.applyAsLong(flow)));
        out.println();
    }
}
