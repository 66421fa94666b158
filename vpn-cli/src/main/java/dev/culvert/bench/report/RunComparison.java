package dev.culvert.bench.report;

import dev.culvert.bench.report.Change.Verdict;
import dev.culvert.bench.result.Report;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Tells what changed between two runs from what noise does. The machine is taken to be a shared one: rounds scatter by
 * several percent, a round may be far off, and a whole run may be 15 % slower than another.
 *
 * <ul>
 *   <li>Where there is a reference, each round's ratio to it is compared, not the figure: a slow machine cancels out.
 *       Elsewhere the median change of all such figures, up to 15 %, is taken for the machine's and taken out; with
 *       fewer than five of them, 15 % more than the threshold have to be exceeded.
 *   <li>The change is the Hodges-Lehmann shift of the logarithms. Its error comes from the distances of rounds inside
 *       each run, the figure's own and those of its kind: three rounds alone say little about their noise.
 *   <li>A change is called when it is past the threshold <em>and</em> {@code sqrt(2 ln(figures/0.005))} errors: fewer than
 *       one false alarm in a hundred comparisons, however many figures there are.
 *   <li>All figures of a subject are judged together too.
 * </ul>
 *
 * What it finds and what it does not is measured in {@code RunComparisonTest} and told in docs/benchmarks.md.
 */
public final class RunComparison {
    private static final double FALSE_ALARMS = 0.005;
    private static final double MACHINE = Math.log(1.15);
    private static final int FIGURES_FOR_DRIFT = 5;
    private static final int FIGURES_OF_A_SUBJECT = 3;
    private static final int DEGREES_OF_KIND = 4;
    /** Figures of one measurement, CPU time and throughput say, err together. */
    private static final double TOGETHER = Math.sqrt(2);

    private final double threshold;
    private final Map<String, Double> kinds = new HashMap<>();

    private RunComparison(double threshold) {
        this.threshold = threshold;
    }

    /** @param threshold 0.1 for 10 % */
    public static Comparison of(Report before, Report now, double threshold) {
        return new RunComparison(threshold).compare(before, now);
    }

    private Comparison compare(Report before, Report now) {
        Map<Figure.Key, Figure> earlier = byKey(before);
        Map<Figure.Key, Figure> later = byKey(now);
        List<Pairing> pairings = new ArrayList<>();
        later.forEach((key, figure) -> Optional.ofNullable(earlier.get(key))
                .flatMap(first -> Pairing.of(first, figure, threshold))
                .ifPresent(pairings::add));
        learnNoise(pairings);
        Drift drift = drift(pairings);
        List<Change> figures = new ArrayList<>();
        double limit = errors(pairings.size());
        for (Pairing pairing : pairings) {
            figures.add(judged(pairing, shift(pairing, drift), error(pairing), limit, drift));
        }
        return new Comparison(
                before,
                threshold,
                figures,
                subjects(pairings, drift),
                Math.exp(drift.taken()),
                RunDifferences.of(before, now, earlier.keySet(), later.keySet()),
                roundsNeeded(pairings, limit));
    }

    private static Map<Figure.Key, Figure> byKey(Report report) {
        Map<Figure.Key, Figure> figures = new LinkedHashMap<>();
        Figure.of(report).forEach(figure -> figures.put(figure.key(), figure));
        return figures;
    }

    private static double errors(int comparisons) {
        return Math.sqrt(2 * Math.log(Math.max(comparisons, 1) / FALSE_ALARMS));
    }

    private void learnNoise(List<Pairing> pairings) {
        Map<String, List<Double>> variances = new HashMap<>();
        for (Pairing pairing : pairings) {
            if (pairing.degrees() > 0) {
                variances
                        .computeIfAbsent(kind(pairing), _ -> new ArrayList<>())
                        .add(Noise.variance(pairing.before(), pairing.now()));
            }
        }
        variances.forEach((kind, all) -> kinds.put(kind, Noise.quartile(all)));
    }

    private static String kind(Pairing pairing) {
        return pairing.isRelative() + pairing.second().kindOfNoise();
    }

    /** Of the shift; infinite where no figure of the kind was measured twice. */
    private double error(Pairing pairing) {
        Double ofKind = kinds.get(kind(pairing));
        if (ofKind == null) {
            return Double.POSITIVE_INFINITY;
        }
        int degrees = pairing.degrees();
        double own = degrees == 0 ? 0 : Noise.variance(pairing.before(), pairing.now());
        double variance = (degrees * own + DEGREES_OF_KIND * ofKind) / (degrees + DEGREES_OF_KIND);
        return Math.sqrt(
                variance * (1.0 / pairing.before().size() + 1.0 / pairing.now().size()));
    }

    /** @param allowed more than the threshold, because the machine's part is not known */
    private record Drift(double taken, double allowed) {}

    private static boolean isMoved(Pairing pairing) {
        return pairing.movesWithTheMachine() && !pairing.isRelative();
    }

    private static Drift drift(List<Pairing> pairings) {
        List<Pairing> moved = pairings.stream().filter(RunComparison::isMoved).toList();
        long subjects =
                moved.stream().map(each -> each.second().subject()).distinct().count();
        if (moved.size() < FIGURES_FOR_DRIFT || subjects < FIGURES_OF_A_SUBJECT) {
            return new Drift(0, MACHINE);
        }
        double common = Noise.median(moved.stream()
                .map(each -> Noise.shift(each.before(), each.now()))
                .toList());
        return new Drift(Math.clamp(common, -MACHINE, MACHINE), 0);
    }

    private static double shift(Pairing pairing, Drift drift) {
        return Noise.shift(pairing.before(), pairing.now()) - (isMoved(pairing) ? drift.taken() : 0);
    }

    private Change judged(Pairing pairing, double shift, double error, double limit, Drift drift) {
        double allowed = isMoved(pairing) ? drift.allowed() : 0;
        double visible = Math.max(limit * error, Math.log1p(threshold)) + allowed;
        Verdict verdict = pairing.second().isYardstick() && pairing.movesWithTheMachine()
                ? Verdict.YARDSTICK
                : verdict(shift, visible);
        Figure figure = pairing.second();
        String name = figure.subject() + (figure.detail().isEmpty() ? "" : ", " + figure.detail());
        return new Change(
                figure.section().title(),
                name,
                pairing.first().samples(),
                figure.samples(),
                Math.exp(shift),
                Math.exp(visible),
                verdict);
    }

    private Verdict verdict(double shift, double visible) {
        if (Math.abs(shift) > visible) {
            return shift > 0 ? Verdict.WORSE : Verdict.BETTER;
        }
        return visible > Math.log1p(2 * threshold) ? Verdict.TOO_FEW_ROUNDS : Verdict.SAME;
    }

    private List<Change> subjects(List<Pairing> pairings, Drift drift) {
        Map<String, List<Pairing>> bySubject = pairings.stream()
                .filter(each -> !each.second().isYardstick() && Double.isFinite(error(each)))
                .collect(Collectors.groupingBy(
                        each -> each.second().subject(), LinkedHashMap::new, Collectors.toList()));
        bySubject.values().removeIf(each -> each.size() < FIGURES_OF_A_SUBJECT);
        List<Change> changes = new ArrayList<>();
        bySubject.forEach((subject, all) -> changes.add(together(subject, all, drift, errors(bySubject.size()))));
        return changes;
    }

    private Change together(String subject, List<Pairing> all, Drift drift, double limit) {
        List<Double> shifts = all.stream().map(each -> shift(each, drift)).toList();
        double shift = Noise.middle(shifts);
        double variance = all.stream()
                .mapToDouble(each -> error(each) * error(each))
                .average()
                .orElseThrow();
        double error = TOGETHER * Math.sqrt(variance / all.size());
        double allowed = all.stream().anyMatch(RunComparison::isMoved) ? drift.allowed() : 0;
        double visible = Math.max(limit * error, Math.log1p(threshold)) + allowed;
        return new Change(
                "",
                subject + ", all of " + all.size() + " figures",
                all.getFirst().first().samples(),
                all.getFirst().second().samples(),
                Math.exp(shift),
                Math.exp(visible),
                verdict(shift, visible));
    }

    /** That would bring three figures of four down to twice the threshold. */
    private int roundsNeeded(List<Pairing> pairings, double limit) {
        List<Double> errors = pairings.stream()
                .filter(each -> !each.second().isYardstick())
                .map(this::error)
                .filter(Double::isFinite)
                .toList();
        if (errors.isEmpty()) {
            return 0;
        }
        double reached = limit * Noise.quartile(errors) / Math.log1p(2 * threshold);
        int rounds = pairings.stream().mapToInt(each -> each.now().size()).max().orElse(1);
        return reached <= 1 ? 0 : (int) Math.ceil(rounds * reached * reached);
    }
}
