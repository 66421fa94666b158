package dev.culvert.it.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.culvert.bench.contest.Contest;
import dev.culvert.bench.contest.ContestResult;
import dev.culvert.bench.contest.Generator;
import dev.culvert.bench.contest.Measurement;
import dev.culvert.bench.contest.Subject;
import dev.culvert.bench.contest.Workload;
import dev.culvert.bench.loopback.LoopbackSettings;
import dev.culvert.bench.loopback.LoopbackSubjects;
import dev.culvert.bench.result.Samples;
import dev.culvert.bench.traffic.Iperf3;
import dev.culvert.bench.traffic.OwnGenerator;
import dev.culvert.lab.Lab;
import dev.culvert.lab.LabException;
import dev.culvert.lab.Traffic;
import dev.culvert.lab.Traffic.Transfer;
import dev.culvert.testkit.RequiresRoot;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The figures of {@code bench loopback} beside those of iperf3 and of perf, through the same devices. */
@RequiresRoot
final class LoopbackBenchIT {
    private static final int CABLE_MTU = 1500;
    private static final Duration LENGTH = Duration.ofSeconds(1);
    /** A tunnel takes a moment to tell its counters, which perf's count does not hold. */
    private static final Duration COUNTED_LENGTH = Duration.ofSeconds(2);

    /** Of TCP, until a tunnel's code has been compiled. */
    private static final Duration WARM_UP = Duration.ofSeconds(4);

    private static final double IPERF3_AGREES_PERCENT = 15;
    private static final double PERF_AGREES_PERCENT = 5;
    /** Even, so that each generator is the first as often as the other. */
    private static final int IPERF3_ROUNDS = 8;

    private static final int PERF_ROUNDS = 3;

    private static Lab lab;
    private static LoopbackSubjects subjects;

    @BeforeAll
    static void build() throws LabException {
        lab = Lab.open(Iperf3.PROGRAM, "perf");
        subjects = LoopbackSubjects.start(lab, LoopbackSettings.AUTO_MTU, CABLE_MTU);
    }

    @AfterAll
    static void remove() throws LabException {
        lab.close();
    }

    @Test
    void allAreUpAtOnceAndCarryWhatTheyAreGiven() throws LabException {
        assertThat(subjects.all().stream().map(Subject::name))
                .containsExactly("cable alone", "plain TAP, offloads", "plain TAP", "+ UDP", "+ encryption", "Culvert");
        for (Subject subject : subjects.all()) {
            long callsBefore = subject.crossings().orElse(0);
            Transfer transfer = Traffic.transfer(
                    subjects.left(), subjects.right(), subject.secondAddress(), 3_000_000, 7, Duration.ofSeconds(20));
            assertThat(transfer.isIntact()).as(subject.name()).isTrue();
            if (subject.crossings().isPresent()) {
                assertThat(subject.crossings().getAsLong() - callsBefore)
                        .as(subject.name())
                        .isGreaterThan(50);
                assertThat(subject.processes()).isNotEmpty().allMatch(ProcessHandle::isAlive);
            }
        }
        assertThat(subjects.all().stream()
                        .flatMap(each -> each.processes().stream())
                        .distinct())
                .as("each has processes of its own")
                .hasSize(2 + 2 * 3);
    }

    /**
     * One generator right after the other, so that both have the same machine, and what each found is divided by what the
     * other did: the noise of a shared machine is in both and mostly cancels. The number of rounds is fixed. Each
     * subject has to agree by the median of its ratios; all of them together by the whole interval in which the median
     * lies, which no generator passes that is wrong by more.
     */
    @Test
    void carriesAsMuchByOurOwnGeneratorAsByIperf3() throws IOException {
        Generator own = new OwnGenerator(subjects.left(), subjects.right());
        Generator iperf3 = new Iperf3(subjects.left(), subjects.right());
        Map<String, List<Double>> ratios = new LinkedHashMap<>();
        List<Subject> measured = named("plain TAP", "plain TAP, offloads", "Culvert");
        List<Workload> workloads = List.of(new Workload.TcpStreams(1, false), new Workload.TcpStreams(4, false));
        for (Subject subject : measured) {
            gbitPerSecond(own, subject, workloads.getFirst(), WARM_UP);
        }
        for (int round = 0; round < IPERF3_ROUNDS; round++) {
            List<Generator> order = round % 2 == 0 ? List.of(own, iperf3) : List.of(iperf3, own);
            for (Subject subject : measured) {
                for (Workload workload : workloads) {
                    double first = gbitPerSecond(order.getFirst(), subject, workload, LENGTH);
                    double second = gbitPerSecond(order.getLast(), subject, workload, LENGTH);
                    ratios.computeIfAbsent(subject.name() + ", " + workload.title(), _ -> new ArrayList<>())
                            .add(order.getFirst().equals(own) ? first / second : second / first);
                }
            }
        }
        ratios.forEach((name, each) -> System.out.println("own to iperf3, " + name + ": " + Interval.of(each)));
        Interval together =
                Interval.of(ratios.values().stream().flatMap(List::stream).toList());
        System.out.println("own to iperf3, all: " + together);

        double tolerance = IPERF3_AGREES_PERCENT / 100;
        assertThat(List.of(together.low(), together.high()))
                .as("all together: " + together)
                .allSatisfy(ratio -> assertThat(ratio).isCloseTo(1, within(tolerance)));
        ratios.forEach((name, each) ->
                assertThat(Interval.of(each).median()).as(name + ": " + each).isCloseTo(1, within(tolerance)));
    }

    /** The median and, with 95 % confidence and more, where it lies: between two of the values, by the sign test. */
    private record Interval(double low, double median, double high) {
        private static final double DOUBT = 0.05;

        static Interval of(List<Double> values) {
            List<Double> sorted = values.stream().sorted().toList();
            int count = sorted.size();
            double each = Math.pow(0.5, count); // that so many, none at first, lie below the median
            double doubt = 2 * each;
            int outside = 0;
            while (doubt + 2 * each * (count - outside) / (outside + 1) <= DOUBT) {
                each *= (double) (count - outside) / (outside + 1);
                doubt += 2 * each;
                outside++;
            }
            return new Interval(sorted.get(outside), new Samples(values).median(), sorted.get(count - 1 - outside));
        }

        @Override
        public String toString() {
            return "%.3f (%.3f to %.3f)".formatted(median, low, high);
        }
    }

    private static double gbitPerSecond(Generator generator, Subject subject, Workload workload, Duration length)
            throws IOException {
        return generator.run(subject, workload, length, Generator.Window.UNREAD).gbitPerSecond();
    }

    @Test
    void countsTheCrossingsThatTheKernelCounts() throws IOException {
        List<Subject> measured = named("plain TAP", "plain TAP, offloads", "+ UDP", "+ encryption", "Culvert");
        List<Workload> workloads = List.of(new Workload.TcpStreams(1, false), new Workload.UdpRate(64, 20_000));
        Generator own = new OwnGenerator(subjects.left(), subjects.right());
        Contest.Settings settings =
                new Contest.Settings(PERF_ROUNDS, COUNTED_LENGTH, WARM_UP.dividedBy(2), System.nanoTime(), true);
        ContestResult result = new Contest(own, measured, workloads, settings).run((_, _) -> {});
        for (Subject subject : measured) {
            for (Workload workload : workloads) {
                Samples counted = samples(result, subject, workload, Measurement::crossings);
                Samples seen = samples(result, subject, workload, Measurement::systemCalls);
                Samples ratio = counted.with(seen, (ours, perfs) -> ours / perfs);
                System.out.printf("%s, %s: counted to seen by perf %s%n", subject.name(), workload.id(), ratio);
                assertThat(ratio.median())
                        .as(subject.name() + ", " + workload.id())
                        .isCloseTo(1, within(PERF_AGREES_PERCENT / 100));
            }
        }
    }

    private static Samples samples(
            ContestResult result, Subject subject, Workload workload, Function<Measurement, OptionalDouble> figure) {
        return result.samples(subject.name(), workload, figure).orElseThrow();
    }

    private static List<Subject> named(String... names) {
        List<String> wanted = List.of(names);
        List<Subject> found = subjects.all().stream()
                .filter(subject -> wanted.contains(subject.name()))
                .toList();
        assertThat(found).hasSameSizeAs(wanted);
        return found;
    }
}
