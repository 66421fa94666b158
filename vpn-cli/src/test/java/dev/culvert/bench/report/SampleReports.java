package dev.culvert.bench.report;

import dev.culvert.bench.result.Environment;
import dev.culvert.bench.result.Fit;
import dev.culvert.bench.result.Quantity;
import dev.culvert.bench.result.Report;
import dev.culvert.bench.result.Samples;
import dev.culvert.bench.result.Section;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** A result with everything in it that may be hard to show. Made up; shaped as real ones are. */
public final class SampleReports {
    static final String HOSTILE = "<script>alert(1)</script> & \"quoted\" 'tunnel' \u001b[31m";
    private static final long SEED = 20261122;
    private static final List<String> SUBJECTS = List.of(
            "veth alone",
            "plain TAP",
            "plain TAP, frame by frame",
            "plain TAP in C",
            "Culvert",
            "Culvert, ChaCha20-Poly1305",
            "wireguard-go",
            "fastd null",
            "fastd salsa2012+umac",
            "tinc 1.1 with every default of its documentation",
            "OpenVPN tap, AES-256-GCM",
            HOSTILE);
    private static final double[] SPEEDS = {21.4, 9.8, 1.31, 10.9, 5.2, 4.1, 2.2, 0.74, 0.61, 0.45, 0.42, 0.0031};

    private final Random random = new Random(SEED);

    private SampleReports() {}

    public static Report rich() {
        return new SampleReports().made();
    }

    private Report made() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("MTU", "1420 inside, 1500 outside");
        facts.put("offloads of the veth", "tx-udp-segmentation on, gro on, tso on");
        facts.put("engines", "ipsec-mb 1.3, openssl 3.0.17, sunjce");
        return new Report(
                Report.FORMAT,
                "loopback",
                Instant.parse("2026-11-22T21:30:05Z"),
                83.4,
                "culvert bench loopback --rounds 5",
                new Environment(
                        "0.1.0-SNAPSHOT", "Linux 6.18.3", "AMD EPYC 9R14 96-Core Processor", 2, "25.0.3+9", facts),
                Samples.of(0.4, 1.2, 0.8, 5.3, 0.6),
                List.of(throughput(), cpu(), calls(), loss(), ladder(), curves(), percentiles(), single()),
                List.of(
                        "steal was 5.3 % in round 4: figures of that round may be low",
                        "perf is not installed: system calls of OpenVPN are not counted"));
    }

    private Section throughput() {
        List<Section.Bar> bars = new ArrayList<>();
        for (int i = 0; i < SUBJECTS.size(); i++) {
            bars.add(new Section.Bar(SUBJECTS.get(i), around(SPEEDS[i], 5)));
        }
        return new Section.Bars(
                "tcp-1",
                "TCP, one stream",
                "One TCP stream from the first host to the second for 3 s, five rounds, every subject in each. Both ends"
                        + " and the generator share the processors.",
                Quantity.THROUGHPUT,
                Optional.of("plain TAP"),
                bars);
    }

    private Section cpu() {
        return new Section.Bars(
                "tcp-1-cpu",
                "CPU time, one stream",
                "Of all processes of a subject, both ends. A veth has none.",
                Quantity.CPU_PER_GIGABYTE,
                Optional.of("plain TAP"),
                List.of(
                        bar("plain TAP", 0.55),
                        bar("plain TAP in C", 0.552),
                        bar("Culvert", 1.31),
                        bar("wireguard-go", 6.2),
                        bar("OpenVPN tap, AES-256-GCM", 26.4)));
    }

    private Section calls() {
        return new Section.Bars(
                "tcp-1-calls",
                "Crossings per frame",
                "System calls made for frames, by each subject's own count, over frames on the wire.",
                Quantity.CALLS_PER_FRAME,
                Optional.of("plain TAP"),
                List.of(
                        new Section.Bar("plain TAP", Samples.of(0.046, 0.047, 0.046, 0.046, 0.048)),
                        new Section.Bar("Culvert", Samples.of(0.083, 0.081, 0.08, 0.084, 0.085)),
                        new Section.Bar("frame by frame", Samples.of(2, 2, 2, 2, 2))));
    }

    private Section loss() {
        return new Section.Bars(
                "udp-1400-loss",
                "Loss at 1400 bytes, 200,000 packets/s offered",
                "Of the packets that the generator sent.",
                Quantity.LOSS,
                Optional.empty(),
                List.of(
                        new Section.Bar("plain TAP", Samples.of(0, 0, 0, 0, 0)),
                        new Section.Bar("Culvert", Samples.of(0, 0.02, 0, 0, 0)),
                        new Section.Bar("tinc 1.1 with every default of its documentation", around(61, 5))));
    }

    private Section ladder() {
        return new Section.Ladder(
                "ladder-cpu",
                "What each part costs",
                "CPU seconds for a gigabyte, one part after the other added to a plain TAP loopback.",
                Quantity.CPU_PER_GIGABYTE,
                List.of(
                        new Section.Step("plain TAP loopback", around(0.55, 5)),
                        new Section.Step("+ second process", around(0.551, 5)),
                        new Section.Step("+ UDP", around(1.02, 5)),
                        new Section.Step("+ super-frames on both sides", around(0.81, 5)),
                        new Section.Step("+ encryption, AES-256-GCM", around(1.31, 5))));
    }

    private Section curves() {
        return new Section.Curves(
                "crossing",
                "A crossing, by size",
                "Nanoseconds for one frame; the line is the least-squares fit.",
                Quantity.COST,
                List.of(
                        curve("getppid, a bare system call", 62, 0.0),
                        curve("read from a TAP", 610, 0.041),
                        curve("write to a TAP", 1480, 0.058),
                        curve("copy in user space", 9, 0.021),
                        new Section.Curve(
                                "MSG_ZEROCOPY",
                                List.of(point(60, 2300), point(1500, 2310), point(65536, 4100)),
                                Optional.empty())));
    }

    private Section.Curve curve(String name, double fixed, double perByte) {
        List<Section.Point> points = new ArrayList<>();
        for (long bytes : new long[] {60, 128, 512, 1500, 9000, 65536}) {
            points.add(point(bytes, fixed + perByte * bytes));
        }
        return new Section.Curve(
                name,
                points,
                Optional.of(new Fit(
                        new Fit.Interval(fixed * 0.96, fixed, fixed * 1.04),
                        new Fit.Interval(perByte * 0.95, perByte, perByte * 1.05))));
    }

    private Section.Point point(long bytes, double cost) {
        return new Section.Point(bytes, around(cost, 5));
    }

    private Section percentiles() {
        List<Section.Distribution> distributions = new ArrayList<>();
        double[] medians = {18.2, 31, 58, 92};
        List<String> names = List.of("veth alone", "plain TAP", "Culvert", "wireguard-go");
        for (int i = 0; i < names.size(); i++) {
            distributions.add(new Section.Distribution(
                    names.get(i),
                    List.of(
                            new Section.Percentile(50, around(medians[i], 5)),
                            new Section.Percentile(90, around(medians[i] * 1.4, 5)),
                            new Section.Percentile(99, around(medians[i] * 3, 5)),
                            new Section.Percentile(99.9, around(medians[i] * 9, 5)),
                            new Section.Percentile(100, around(medians[i] * 160, 5)))));
        }
        return new Section.Percentiles(
                "latency",
                "Round trip of a small packet",
                "One request at a time, 64 bytes of UDP, on an otherwise idle path.",
                Quantity.ROUND_TRIP,
                distributions);
    }

    private Section single() {
        return new Section.Bars(
                "memory",
                "One round only, large and small",
                "",
                new Quantity("garbage", "bytes/packet", Quantity.Better.LOWER),
                Optional.of("small"),
                List.of(
                        new Section.Bar("small", Samples.of(0.00004)),
                        new Section.Bar("large", Samples.of(12_345_678_901.0))));
    }

    private Section.Bar bar(String name, double value) {
        return new Section.Bar(name, around(value, 5));
    }

    /** Rounds with 4 % of noise. */
    private Samples around(double value, int rounds) {
        List<Double> samples = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            samples.add(value * Math.exp(0.04 * random.nextGaussian()));
        }
        return new Samples(samples);
    }
}
