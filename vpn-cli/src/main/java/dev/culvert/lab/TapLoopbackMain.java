package dev.culvert.lab;

import dev.culvert.device.TapOffload;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The process behind {@link TapLoopbackProcess}: a {@link PlainTapLoopback} and nothing else. Answers each line of its
 * input with a line of counts; ends with its input, or by a signal, which removes the devices too.
 */
final class TapLoopbackMain {
    static final String READY = "ready";
    static final String COUNTS = "counts";

    private TapLoopbackMain() {}

    public static void main(String[] arguments) throws IOException {
        PlainTapLoopback.End first = new PlainTapLoopback.End(arguments[0], arguments[1]);
        PlainTapLoopback.End second = new PlainTapLoopback.End(arguments[2], arguments[3]);
        int mtu = Integer.parseInt(arguments[4]);
        try (PlainTapLoopback loopback =
                PlainTapLoopback.open(first, second, mtu, Boolean.parseBoolean(arguments[5]))) {
            Map<TapOffload, String> refused = loopback.offloads().refused();
            System.out.println(READY + (refused.isEmpty() ? "" : " " + refused));
            answer(loopback);
        } catch (LabException e) {
            System.out.println(e.getMessage());
            System.exit(1);
        }
    }

    private static void answer(PlainTapLoopback loopback) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        while (in.readLine() != null) {
            LoopbackCounts counts = loopback.counts();
            System.out.printf(
                    "%s %d %d %d %d %d%n",
                    COUNTS, counts.frames(), counts.refused(), counts.reads(), counts.writes(), counts.waits());
        }
    }
}
