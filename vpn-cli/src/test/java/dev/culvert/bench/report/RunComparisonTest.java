package dev.culvert.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.bench.result.Environment;
import dev.culvert.bench.result.Quantity;
import dev.culvert.bench.result.Report;
import dev.culvert.bench.result.Samples;
import dev.culvert.bench.result.Section;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.ToDoubleBiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How often a slowdown is found, and how often one is seen that is not there: on 150 pairs of made-up noisy runs each. */
class RunComparisonTest {
    private static final int PAIRS = 150;
    private static final double THRESHOLD = 0.1;
    private static final double PLANTED = 1.2;

    @FunctionalInterface
    private interface Runs {
        Report make(Random random, int rounds, ToDoubleBiFunction<String, String> slowdown);
    }

    /** Percent of pairs in which something got worse. */
    private static double alarms(Runs runs, int rounds, ToDoubleBiFunction<String, String> slowdown) {
        int alarms = 0;
        for (int seed = 0; seed < PAIRS; seed++) {
            Report before = runs.make(new Random(seed), rounds, (_, _) -> 1);
            Report now = runs.make(new Random(-seed - 1L), rounds, slowdown);
            alarms += RunComparison.of(before, now, THRESHOLD).isWorse() ? 1 : 0;
        }
        return 100.0 * alarms / PAIRS;
    }

    @ParameterizedTest
    @CsvSource({"3", "4", "5", "7", "10", "15"})
    void equalRunsRaiseNoAlarm(int rounds) {
        assertThat(alarms(NoisyRuns::contest, rounds, (_, _) -> 1))
                .as("contest")
                .isLessThanOrEqualTo(2);
        assertThat(alarms(NoisyRuns::curves, rounds, (_, _) -> 1)).as("curves").isLessThanOrEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"3, 75", "4, 90", "5, 97", "7, 99", "10, 99.9"})
    void aSlowerTunnelIsFound(int rounds, double least) {
        assertThat(alarms(NoisyRuns::contest, rounds, (_, subject) -> subject.equals("Culvert") ? PLANTED : 1))
                .isGreaterThanOrEqualTo(least);
    }

    @ParameterizedTest
    @CsvSource({"3, 85", "4, 90", "5, 97", "7, 99", "10, 99.9"})
    void aSlowerEngineIsFound(int rounds, double least) {
        assertThat(alarms(NoisyRuns::curves, rounds, (_, subject) -> subject.equals("engine 2") ? PLANTED : 1))
                .isGreaterThanOrEqualTo(least);
    }

    @ParameterizedTest
    @CsvSource({"10, 70", "15, 95"})
    void oneWorkloadOfOneTunnelTakesMoreThanTenRounds(int rounds, double least) {
        ToDoubleBiFunction<String, String> slowdown =
                (section, subject) -> section.equals("tcp-4") && subject.equals("Culvert") ? PLANTED : 1;

        assertThat(alarms(NoisyRuns::contest, rounds, slowdown)).isGreaterThanOrEqualTo(least);
    }

    @Test
    void aRateThatIsHeldWhateverItCostsDoesNotHideASlowerSubject() {
        List<Section> before = List.of(held(1), costs("a", 1), costs("b", 1), costs("c", 1));
        List<Section> slower = List.of(held(1), costs("a", PLANTED), costs("b", PLANTED), costs("c", PLANTED));

        Comparison comparison = RunComparison.of(report("", 5, before), report("", 5, slower), THRESHOLD);

        assertThat(comparison.subjects())
                .filteredOn(each -> each.figure().startsWith("Culvert"))
                .singleElement()
                .satisfies(each -> {
                    assertThat(each.figure()).isEqualTo("Culvert, all of 3 figures");
                    assertThat(each.change()).isBetween(1.19, 1.21);
                    assertThat(each.verdict()).isEqualTo(Change.Verdict.WORSE);
                });
    }

    @Test
    void withFewSubjectsTheMachinesPartIsNotTakenForKnown() {
        // two engines, one of them slower: neither the median nor anything else tells which of them is the machine
        Comparison comparison = RunComparison.of(engines(1), engines(1.4), THRESHOLD);

        assertThat(comparison.drift()).isEqualTo(1);
        assertThat(comparison.isWorse()).isTrue();
        assertThat(RunComparison.of(engines(1), engines(PLANTED), THRESHOLD).isWorse())
                .isFalse();
        assertThat(ComparisonRemarks.of(comparison).toString()).contains("+15.0 % more than the threshold are allowed");
    }

    private static Report engines(double by) {
        return report(
                "",
                5,
                List.of("seal", "open", "seal again").stream()
                        .<Section>map(id -> new Section.Bars(
                                id,
                                id,
                                "",
                                Quantity.COST,
                                Optional.empty(),
                                List.of(
                                        new Section.Bar("one", scattered(10 * by)),
                                        new Section.Bar("other", scattered(10)))))
                        .toList());
    }

    @Test
    void whatIsZeroInARoundIsNamed() {
        List<Section> before = List.of(costs("a", 1));
        List<Section> dead = List.of(new Section.Bars(
                "a",
                "a",
                "",
                Quantity.CPU_PER_PACKET,
                Optional.of("plain TAP"),
                List.of(
                        new Section.Bar("plain TAP", scattered(10)),
                        new Section.Bar("Culvert", Samples.of(20, 20, 0, 20, 20)))));

        assertThat(RunComparison.of(report("", 5, before), report("", 5, dead), THRESHOLD)
                        .warnings())
                .containsExactly("not compared, zero in a round: a: Culvert");
    }

    @Test
    void figuresWithoutAllRoundsStayOutOfTheSubjectsMean() {
        List<Section> before = List.of(costs("a", 1), costs("b", 1), costs("c", 1), shorter());
        List<Section> now = List.of(shorter(), costs("a", 1), costs("b", 1), costs("c", 1));

        assertThat(RunComparison.of(report("", 5, before), report("", 5, now), THRESHOLD)
                        .subjects())
                .extracting(Change::figure)
                .containsExactly("Culvert, all of 3 figures");
    }

    private static Section shorter() {
        return new Section.Bars(
                "shorter",
                "shorter",
                "",
                Quantity.ROUND_TRIP,
                Optional.empty(),
                List.of(new Section.Bar("Culvert", Samples.of(10, 11, 10.5))));
    }

    private static Section held(double by) {
        return bars("udp-64-20000", Quantity.ARRIVAL_RATE, 20_000, 20_000 / by);
    }

    private static Section costs(String id, double by) {
        return bars(id, Quantity.CPU_PER_PACKET, 10, 20 * by);
    }

    private static Section bars(String id, Quantity quantity, double reference, double tunnel) {
        return new Section.Bars(
                id,
                id,
                "",
                quantity,
                Optional.of("plain TAP"),
                List.of(
                        new Section.Bar("plain TAP", Samples.of(reference, reference, reference, reference, reference)),
                        new Section.Bar("Culvert", scattered(tunnel))));
    }

    private static Samples scattered(double value) {
        return Samples.of(value, 1.02 * value, 0.99 * value, 1.01 * value, 0.98 * value);
    }

    @Test
    void whatDisturbsAllFiguresOfARoundIsNotMistakenForManyFiguresThatAgree() {
        // every figure of the later run is dearer in two rounds of five, all in the same two: one disturbance, not
        // three
        List<Section> before = List.of(costs("a", 1), costs("b", 1), costs("c", 1));
        List<Section> disturbed = List.of(disturbed("a"), disturbed("b"), disturbed("c"));

        assertThat(RunComparison.of(report("", 5, before), report("", 5, disturbed), THRESHOLD)
                        .isWorse())
                .isFalse();
    }

    private static Section disturbed(String id) {
        return new Section.Bars(
                id,
                id,
                "",
                Quantity.CPU_PER_PACKET,
                Optional.of("plain TAP"),
                List.of(
                        new Section.Bar("plain TAP", scattered(10)),
                        new Section.Bar("Culvert", Samples.of(20, 30, 19.8, 30, 19.6))));
    }

    @Test
    void whatLiesPastTheThresholdByLessThanItsErrorIsNotCalled() {
        List<Section> before = List.of(costs("a", 1), costs("b", 1), costs("c", 1));
        List<Section> slower = List.of(costs("a", 1.105), costs("b", 1), costs("c", 1));
        List<Section> clearlySlower = List.of(costs("a", 1.15), costs("b", 1), costs("c", 1));

        assertThat(RunComparison.of(report("", 5, before), report("", 5, slower), THRESHOLD)
                        .isWorse())
                .isFalse();
        assertThat(RunComparison.of(report("", 5, before), report("", 5, clearlySlower), THRESHOLD)
                        .isWorse())
                .isTrue();
    }

    @Test
    void fewRoundsAreSaidToBeTooFew() {
        Comparison comparison = RunComparison.of(
                NoisyRuns.contest(new Random(1), 2, (_, _) -> 1),
                NoisyRuns.contest(new Random(2), 2, (_, _) -> 1),
                THRESHOLD);

        assertThat(comparison.count(Change.Verdict.TOO_FEW_ROUNDS)).isPositive();
        assertThat(comparison.rounds()).isGreaterThan(2);
        assertThat(ComparisonRemarks.of(comparison).toString()).contains("--rounds " + comparison.rounds());
    }

    @Test
    void whatBothTunnelsSufferFromIsTheMachine() {
        Report before = report("6.18", 10, Samples.of(10, 10.1, 9.9), Samples.of(5, 5.05, 4.95));
        Report slower = report("6.18", 10, Samples.of(8, 8.1, 7.9), Samples.of(4, 4.05, 3.95));

        assertThat(RunComparison.of(before, slower, THRESHOLD).isWorse()).isFalse();
        assertThat(RunComparison.of(before, slower, THRESHOLD).figures())
                .extracting(Change::verdict)
                .containsExactly(Change.Verdict.YARDSTICK, Change.Verdict.SAME);
    }

    /** Their processes decide for a whole run how fast they are, and no tunnel runs their code. */
    @Test
    void stepsOfALadderAreNotJudgedButForItsTop() {
        Comparison carrierSlower = RunComparison.of(climb(7, 6), climb(4, 6), THRESHOLD);
        assertThat(carrierSlower.isWorse()).isFalse();
        assertThat(carrierSlower.figures())
                .extracting(Change::verdict)
                .containsExactly(
                        Change.Verdict.YARDSTICK,
                        Change.Verdict.YARDSTICK,
                        Change.Verdict.SAME,
                        Change.Verdict.YARDSTICK,
                        Change.Verdict.YARDSTICK,
                        Change.Verdict.SAME);
        assertThat(RunComparison.of(climb(7, 6), climb(7, 4), THRESHOLD).summary())
                .contains("Culvert +50", "+ protocol +50")
                .doesNotContain("UDP");
    }

    private static Report climb(double carrier, double tunnel) {
        return report(
                "",
                3,
                List.of(
                        new Section.Ladder(
                                "cpu",
                                "CPU time",
                                "",
                                Quantity.CPU_PER_GIGABYTE,
                                List.of(
                                        new Section.Step("plain TAP loopback", Samples.of(0.1, 0.1, 0.1)),
                                        new Section.Step("+ UDP", near(1 / carrier)),
                                        new Section.Step("+ protocol", near(1 / tunnel)))),
                        new Section.Bars(
                                "tcp-1",
                                "TCP",
                                "",
                                Quantity.THROUGHPUT,
                                Optional.of("plain TAP"),
                                List.of(
                                        new Section.Bar("plain TAP", Samples.of(10, 10, 10)),
                                        new Section.Bar("+ UDP", near(carrier)),
                                        new Section.Bar("Culvert", near(tunnel))))));
    }

    private static Samples near(double value) {
        return Samples.of(0.99 * value, value, 1.01 * value);
    }

    @Test
    void betterIsNotWorse() {
        Report before = report("6.18", 10, Samples.of(10, 10.1, 9.9), Samples.of(5, 5.05, 4.95));
        Report faster = report("6.18", 10, Samples.of(10, 10.1, 9.9), Samples.of(7, 7.1, 6.9));

        Comparison comparison = RunComparison.of(before, faster, THRESHOLD);

        assertThat(comparison.figures().getLast().verdict()).isEqualTo(Change.Verdict.BETTER);
        assertThat(comparison.isWorse()).isFalse();
        assertThat(RunComparison.of(faster, before, THRESHOLD).summary())
                .contains("worse than")
                .contains("Culvert +40");
    }

    @Test
    void whatElseDiffersIsNamed() {
        Report before = report("6.12", 3, Samples.of(10), Samples.of(5));
        Report now = report("6.18", 5, Samples.of(10), Samples.of(5));

        assertThat(RunComparison.of(before, now, THRESHOLD).warnings())
                .containsExactly(
                        "another kernel: 6.12 before, 6.18 now", "another settings: --rounds 3 before, --rounds 5 now");
    }

    @Test
    void lossFromNothingCountsInPoints() {
        assertThat(loss(0, 0.5).isWorse()).isFalse();
        assertThat(loss(0, 3).isWorse()).isTrue();
        assertThat(loss(0, 0).isWorse()).isFalse();
    }

    private static Comparison loss(double before, double now) {
        return RunComparison.of(lossy(before), lossy(now), THRESHOLD);
    }

    private static Report lossy(double percent) {
        return report(
                "",
                3,
                List.of(new Section.Bars(
                        "loss",
                        "loss",
                        "",
                        Quantity.LOSS,
                        Optional.empty(),
                        List.of(new Section.Bar("Culvert", Samples.of(percent, percent, percent))))));
    }

    private static Report report(String kernel, int rounds, Samples reference, Samples tunnel) {
        return report(
                kernel,
                rounds,
                List.of(new Section.Bars(
                        "tcp-1",
                        "TCP",
                        "",
                        Quantity.THROUGHPUT,
                        Optional.of("plain TAP"),
                        List.of(new Section.Bar("plain TAP", reference), new Section.Bar("Culvert", tunnel)))));
    }

    private static Report report(String kernel, int rounds, List<Section> sections) {
        return new Report(
                Report.FORMAT,
                "loopback",
                Instant.EPOCH,
                1,
                "--rounds " + rounds,
                new Environment("", kernel, "", 2, "", Map.of()),
                Samples.of(0),
                sections,
                List.of());
    }
}
