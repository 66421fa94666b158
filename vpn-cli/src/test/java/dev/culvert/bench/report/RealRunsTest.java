package dev.culvert.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.bench.result.Quantity;
import dev.culvert.bench.result.Report;
import dev.culvert.bench.result.Samples;
import dev.culvert.bench.result.Section;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Runs that were really made, one after the other, on a shared virtual machine: some of what made-up noise leaves out is in
 * them. {@code crypto-N}: {@code bench crypto --quick}, 2026-11-24.
 */
class RealRunsTest {
    private static final Path FOLDER = Path.of("src/test/resources/runs");
    private static final int RUNS = 5;
    private static final double THRESHOLD = 0.1;
    private static final double PLANTED = 1.2;
    private static final Set<Quantity> COSTS = Set.of(Quantity.COST, Quantity.SPEED);

    private record Pair(Report before, Report now) {}

    private static List<Report> runs(String benchmark) throws IOException {
        List<Report> runs = new ArrayList<>();
        for (int run = 1; run <= RUNS; run++) {
            runs.add(SavedReport.read(FOLDER.resolve("%s-%d.json".formatted(benchmark, run))));
        }
        return runs;
    }

    /** Each of them with each other, either way round. */
    private static Stream<Pair> pairs(List<Report> runs) {
        return runs.stream()
                .flatMap(before ->
                        runs.stream().filter(now -> !now.equals(before)).map(now -> new Pair(before, now)));
    }

    @Test
    void equalRunsRaiseNoAlarm() throws IOException {
        assertThat(pairs(runs("crypto"))).hasSize(RUNS * (RUNS - 1)).allSatisfy(pair -> {
            Comparison comparison = RunComparison.of(pair.before(), pair.now(), THRESHOLD);
            assertThat(comparison.isWorse()).as(comparison.summary()).isFalse();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"openssl", "sunjce", "bc"})
    void anEngineThatIsAFifthSlowerIsFoundAndNoOther(String engine) throws IOException {
        assertThat(pairs(runs("crypto"))).allSatisfy(pair -> {
            Comparison comparison = RunComparison.of(pair.before(), slower(pair.now(), engine), THRESHOLD);
            assertThat(Stream.concat(comparison.subjects().stream(), comparison.figures().stream())
                            .filter(each -> each.verdict() == Change.Verdict.WORSE))
                    .isNotEmpty()
                    .allSatisfy(each -> assertThat(each.figure()).startsWith(engine));
        });
    }

    private static Report slower(Report run, String subject) {
        return new Report(
                run.format(),
                run.benchmark(),
                run.began(),
                run.seconds(),
                run.settings(),
                run.environment(),
                run.stealPercent(),
                run.sections().stream().map(each -> slower(each, subject)).toList(),
                run.warnings());
    }

    private static Section slower(Section section, String subject) {
        if (!COSTS.contains(section.quantity())) {
            return section;
        }
        double factor = section.quantity().better() == Quantity.Better.LOWER ? PLANTED : 1 / PLANTED;
        return switch (section) {
            case Section.Bars bars ->
                new Section.Bars(
                        bars.id(),
                        bars.title(),
                        bars.explanation(),
                        bars.quantity(),
                        bars.reference(),
                        bars.bars().stream()
                                .map(bar -> bar.name().startsWith(subject)
                                        ? new Section.Bar(bar.name(), times(bar.samples(), factor))
                                        : bar)
                                .toList());
            case Section.Curves curves ->
                new Section.Curves(
                        curves.id(),
                        curves.title(),
                        curves.explanation(),
                        curves.quantity(),
                        curves.curves().stream()
                                .map(curve -> curve.name().equals(subject)
                                        ? new Section.Curve(curve.name(), times(curve.points(), factor), curve.fit())
                                        : curve)
                                .toList());
            case Section.Ladder _, Section.Percentiles _ -> throw new IllegalArgumentException(section.id());
        };
    }

    private static List<Section.Point> times(List<Section.Point> points, double factor) {
        return points.stream()
                .map(point -> new Section.Point(point.bytes(), times(point.samples(), factor)))
                .toList();
    }

    private static Samples times(Samples samples, double factor) {
        return new Samples(samples.rounds().stream().map(each -> each * factor).toList());
    }
}
