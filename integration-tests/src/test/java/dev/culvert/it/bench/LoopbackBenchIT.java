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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

    private static final Duration WARM_UP = Duration.ofSeconds(2);

    private static final double IPERF3_AGREES_PERCENT = 15;
    private static final double PERF_AGREES_PERCENT = 5;
    /** A busy machine needs more of them for the same bound. */
    private static final int LEAST_ROUNDS = 3;

    private static final int MOST_ROUNDS = 15;

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

    @Test
    void carriesAsMuchByOurOwnGeneratorAsByIperf3() throws IOException {
        Workload tcp = new Workload.TcpStreams(4, false);
        List<Subject> measured = named("plain TAP", "plain TAP, offloads", "Culvert");
        Generator own = new OwnGenerator(subjects.left(), subjects.right());
        Generator iperf3 = new Iperf3(subjects.left(), subjects.right());
        Map<String, List<Double>> figures = new HashMap<>();
        int rounds = 0;
        do {
            rounds++;
            for (Generator generator : List.of(own, iperf3)) {
                ContestResult round = contest(
                        generator, measured, tcp, LENGTH, 1, rounds == 1 ? WARM_UP : Duration.ofMillis(10), false);
                for (Measurement each : round.measurements()) {
                    figures.computeIfAbsent(generator.name() + each.subject(), _ -> new ArrayList<>())
                            .add(each.carried().gbitPerSecond());
                }
            }
        } while (rounds < LEAST_ROUNDS || (rounds < MOST_ROUNDS && !agree(measured, figures, own, iperf3)));
        System.out.println("own and iperf3, Gbit/s, by rounds: " + figures);

        for (Subject subject : measured) {
            double theirs = median(figures, iperf3, subject);
            assertThat(median(figures, own, subject))
                    .as(subject.name() + " after " + rounds + " rounds: " + figures)
                    .isCloseTo(theirs, within(theirs * IPERF3_AGREES_PERCENT / 100));
        }
    }

    private static boolean agree(
            List<Subject> measured, Map<String, List<Double>> figures, Generator own, Generator iperf3) {
        return measured.stream().allMatch(subject -> {
            double theirs = median(figures, iperf3, subject);
            return Math.abs(median(figures, own, subject) - theirs) <= theirs * IPERF3_AGREES_PERCENT / 100;
        });
    }

    private static double median(Map<String, List<Double>> figures, Generator generator, Subject subject) {
        return new Samples(figures.getOrDefault(generator.name() + subject.name(), List.of())).median();
    }

    @Test
    void countsTheCrossingsThatTheKernelCounts() throws IOException {
        List<Subject> measured = named("plain TAP", "plain TAP, offloads", "+ UDP", "+ encryption", "Culvert");
        Generator own = new OwnGenerator(subjects.left(), subjects.right());
        for (Workload workload : List.of(new Workload.TcpStreams(1, false), new Workload.UdpRate(64, 20_000))) {
            ContestResult result = contest(own, measured, workload, COUNTED_LENGTH, 3, WARM_UP, true);
            for (Subject subject : measured) {
                double counted = result.samples(subject.name(), workload, Measurement::crossings)
                        .orElseThrow()
                        .median();
                double seen = result.samples(subject.name(), workload, Measurement::systemCalls)
                        .orElseThrow()
                        .median();
                System.out.printf(
                        "%s, %s: counted %.0f, perf saw %.0f%n", subject.name(), workload.id(), counted, seen);
                assertThat(counted)
                        .as(subject.name() + ", " + workload.id())
                        .isCloseTo(seen, within(seen * PERF_AGREES_PERCENT / 100));
            }
        }
    }

    private static ContestResult contest(
            Generator generator,
            List<Subject> measured,
            Workload workload,
            Duration length,
            int rounds,
            Duration warmUp,
            boolean perf)
            throws IOException {
        Contest.Settings settings = new Contest.Settings(rounds, length, warmUp, System.nanoTime(), perf);
        return new Contest(generator, measured, List.of(workload), settings).run((_, _) -> {});
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
