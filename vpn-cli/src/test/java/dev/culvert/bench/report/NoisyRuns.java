package dev.culvert.bench.report;

import dev.culvert.bench.result.Environment;
import dev.culvert.bench.result.Quantity;
import dev.culvert.bench.result.Report;
import dev.culvert.bench.result.Samples;
import dev.culvert.bench.result.Section;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.ToDoubleBiFunction;

/**
 * Runs on a machine as ours is: each figure scatters by 3 to 8 % from round to round, one round in thirty is 10 to 50 %
 * off, and a whole run is up to 15 % slower than it might be.
 */
final class NoisyRuns {
    private static final List<String> SUBJECTS = List.of("plain TAP", "veth", "Culvert", "wireguard-go", "fastd");
    private static final List<String> WORKLOADS = List.of("tcp-1", "tcp-4", "tcp-1-reverse", "udp-1400");
    private static final int CURVES = 6;
    private static final double MAX_DRIFT = 0.15;
    private static final double ODD_ROUNDS = 1 / 30.0;

    private final Random random;
    private final int rounds;
    private final ToDoubleBiFunction<String, String> slowdown;
    private final double drift;

    /** @param slowdown of a section and a subject; 1.2 costs a fifth more */
    private NoisyRuns(Random random, int rounds, ToDoubleBiFunction<String, String> slowdown) {
        this.random = random;
        this.rounds = rounds;
        this.slowdown = slowdown;
        this.drift = 1 + MAX_DRIFT * random.nextDouble();
    }

    /** Like {@code bench loopback}: twenty speeds and as many costs, each beside its reference. */
    static Report contest(Random random, int rounds, ToDoubleBiFunction<String, String> slowdown) {
        return new NoisyRuns(random, rounds, slowdown).contest();
    }

    /** Like {@code bench crypto}: curves without a reference. */
    static Report curves(Random random, int rounds, ToDoubleBiFunction<String, String> slowdown) {
        return new NoisyRuns(random, rounds, slowdown).curves();
    }

    private Report contest() {
        List<Section> sections = new ArrayList<>();
        for (String workload : WORKLOADS) {
            List<Section.Bar> speeds = new ArrayList<>();
            List<Section.Bar> costs = new ArrayList<>();
            for (int i = 0; i < SUBJECTS.size(); i++) {
                double cost = slowdown.applyAsDouble(workload, SUBJECTS.get(i));
                speeds.add(new Section.Bar(SUBJECTS.get(i), samples(10 / (i + 1.0) / cost / drift)));
                costs.add(new Section.Bar(SUBJECTS.get(i), samples(0.5 * (i + 1.0) * cost * drift)));
            }
            sections.add(bars(workload, Quantity.THROUGHPUT, speeds));
            sections.add(bars(workload + "-cpu", Quantity.CPU_PER_GIGABYTE, costs));
        }
        return report("loopback", sections);
    }

    private static Section bars(String id, Quantity quantity, List<Section.Bar> bars) {
        return new Section.Bars(id, id, "", quantity, Optional.of(SUBJECTS.getFirst()), bars);
    }

    private Report curves() {
        List<Section.Curve> curves = new ArrayList<>();
        for (int i = 0; i < CURVES; i++) {
            String name = "engine " + i;
            List<Section.Point> points = new ArrayList<>();
            for (long bytes : new long[] {64, 256, 1420, 8900, 65536}) {
                double cost = (100 + 0.3 * bytes) * (i + 1);
                points.add(new Section.Point(bytes, samples(cost * slowdown.applyAsDouble("seal", name) * drift)));
            }
            curves.add(new Section.Curve(name, points, Optional.empty()));
        }
        return report("crypto", List.of(new Section.Curves("seal", "seal", "", Quantity.COST, curves)));
    }

    private Samples samples(double value) {
        double noise = 0.03 + 0.05 * random.nextDouble();
        List<Double> samples = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            double odd = random.nextDouble() < ODD_ROUNDS ? 1 + 0.1 + 0.4 * random.nextDouble() : 1;
            samples.add(value * Math.exp(noise * random.nextGaussian()) * (random.nextBoolean() ? odd : 1 / odd));
        }
        return new Samples(samples);
    }

    private static Report report(String benchmark, List<Section> sections) {
        return new Report(
                Report.FORMAT,
                benchmark,
                Instant.EPOCH,
                1,
                "",
                new Environment("", "", "", 2, "", Map.of()),
                Samples.of(0),
                sections,
                List.of());
    }
}
