package dev.culvert.bench.report;

import dev.culvert.bench.report.Change.Verdict;
import dev.culvert.bench.result.Report;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
 *   <li>A change is called when it is past the threshold, even if one error is taken from it, <em>and</em> past
 *       {@code sqrt(2 ln(figures/0.005))} errors: about one false alarm in a hundred comparisons, however many figures
 *       there are.
 *   <li>All figures of a subject are judged together too ({@link SubjectRounds}).
 * </ul>
 *
 * What it finds and what it does not is measured in {@code RunComparisonTest} and told in docs/benchmarks.md.
 */
public final class RunComparison {
    private static final double FALSE_ALARMS = 0.005;
    private static final double MACHINE = Math.log(1.15);
    private static final int FIGURES_FOR_DRIFT = 5;
    private static final int FIGURES_OF_A_SUBJECT = 3;
    private static final String SUBJECT = "subject";

    private final double threshold;
    private final List<Pairing> pairings;
    private final ExpectedNoise noise;
    private final Drift drift;

    private RunComparison(List<Pairing> pairings, double threshold) {
        this.pairings = pairings;
        this.threshold = threshold;
        noise = new ExpectedNoise(pairings.stream()
                .collect(Collectors.groupingBy(
                        Pairing::kindOfNoise, Collectors.mapping(Pairing::rounds, Collectors.toList()))));
        drift = drift(pairings);
    }

    /** @param threshold 0.1 for 10 % */
    public static Comparison of(Report before, Report now, double threshold) {
        Map<Figure.Key, Figure> earlier = byKey(before);
        Map<Figure.Key, Figure> later = byKey(now);
        List<String> warnings = new ArrayList<>(RunDifferences.of(before, now, earlier.keySet(), later.keySet()));
        List<Pairing> pairings = new ArrayList<>();
        later.forEach((key, figure) -> {
            Figure first = earlier.get(key);
            if (first != null) {
                Pairing.of(first, figure, threshold)
                        .ifPresentOrElse(pairings::add, () -> warnings.add("not compared, zero in a round: " + key));
            }
        });
        RunComparison comparison = new RunComparison(pairings, threshold);
        return new Comparison(
                before,
                threshold,
                comparison.figures(),
                comparison.subjects(),
                Math.exp(comparison.drift.taken()),
                Math.exp(comparison.drift.allowed()),
                warnings,
                comparison.roundsNeeded());
    }

    private static Map<Figure.Key, Figure> byKey(Report report) {
        Map<Figure.Key, Figure> figures = new LinkedHashMap<>();
        Figure.of(report).forEach(figure -> figures.put(figure.key(), figure));
        return figures;
    }

    /** How many errors a change has to be away from none, when so many are looked at. */
    private static double errors(int comparisons) {
        return Math.sqrt(2 * Math.log(Math.max(comparisons, 1) / FALSE_ALARMS));
    }

    private int judged() {
        return Math.toIntExact(
                pairings.stream().filter(each -> !each.second().isYardstick()).count());
    }

    /** @param allowed more than the threshold, because the machine's part is not known */
    private record Drift(double taken, double allowed) {}

    private static Drift drift(List<Pairing> pairings) {
        List<Pairing> moved =
                pairings.stream().filter(Pairing::movesWithTheMachine).toList();
        long subjects =
                moved.stream().map(each -> each.second().subject()).distinct().count();
        if (moved.size() < FIGURES_FOR_DRIFT || subjects < FIGURES_OF_A_SUBJECT) {
            return new Drift(0, MACHINE);
        }
        double common =
                Noise.median(moved.stream().map(each -> each.rounds().shift()).toList());
        return new Drift(Math.clamp(common, -MACHINE, MACHINE), 0);
    }

    private Rounds withoutDrift(Pairing pairing) {
        return pairing.movesWithTheMachine() ? pairing.rounds().without(drift.taken()) : pairing.rounds();
    }

    private double error(Pairing pairing) {
        return noise.error(pairing.kindOfNoise(), pairing.rounds());
    }

    private List<Change> figures() {
        double limit = errors(judged());
        return pairings.stream().map(each -> figure(each, limit)).toList();
    }

    private Change figure(Pairing pairing, double limit) {
        Figure figure = pairing.second();
        double shift = withoutDrift(pairing).shift();
        double visible = visible(error(pairing), limit, pairing.movesWithTheMachine());
        String name = figure.subject() + (figure.detail().isEmpty() ? "" : ", " + figure.detail());
        return new Change(
                figure.section().title(),
                name,
                pairing.first().samples(),
                figure.samples(),
                Math.exp(shift),
                Math.exp(visible),
                figure.isYardstick() ? Verdict.YARDSTICK : verdict(shift, visible, pairing.movesWithTheMachine()));
    }

    private double visible(double error, double limit, boolean moves) {
        return Math.max(limit * error, Math.log1p(threshold) + error) + allowed(moves);
    }

    private double allowed(boolean moves) {
        return moves ? drift.allowed() : 0;
    }

    private Verdict verdict(double shift, double visible, boolean moves) {
        if (Math.abs(shift) > visible) {
            return shift > 0 ? Verdict.WORSE : Verdict.BETTER;
        }
        return visible - allowed(moves) > Math.log1p(2 * threshold) ? Verdict.TOO_FEW_ROUNDS : Verdict.SAME;
    }

    private List<Change> subjects() {
        List<SubjectRounds> subjects = pairings.stream()
                .filter(each -> each.isTime() && !each.second().isYardstick() && Double.isFinite(error(each)))
                .map(each -> new SubjectRounds.Weighted(each, withoutDrift(each), error(each)))
                .collect(Collectors.groupingBy(
                        each -> each.pairing().second().subject(), LinkedHashMap::new, Collectors.toList()))
                .entrySet()
                .stream()
                .filter(each -> each.getValue().size() >= FIGURES_OF_A_SUBJECT)
                .map(each -> SubjectRounds.of(each.getKey(), each.getValue()))
                .toList();
        ExpectedNoise together = new ExpectedNoise(
                Map.of(SUBJECT, subjects.stream().map(SubjectRounds::rounds).toList()));
        double limit = errors(subjects.size());
        return subjects.stream()
                .map(each -> together(each, together.error(SUBJECT, each.rounds()), limit))
                .toList();
    }

    private Change together(SubjectRounds subject, double error, double limit) {
        double shift = subject.rounds().shift();
        double visible = visible(error, limit, subject.moves());
        return new Change(
                "",
                "%s, all of %d figures".formatted(subject.subject(), subject.figures()),
                subject.example().first().samples(),
                subject.example().second().samples(),
                Math.exp(shift),
                Math.exp(visible),
                verdict(shift, visible, subject.moves()));
    }

    /** That would bring three figures of four down to twice the threshold. */
    private int roundsNeeded() {
        List<Double> errors = pairings.stream()
                .filter(each -> !each.second().isYardstick())
                .map(this::error)
                .filter(Double::isFinite)
                .toList();
        if (errors.isEmpty()) {
            return 0;
        }
        double reached = errors(judged()) * Noise.quartile(errors) / Math.log1p(2 * threshold);
        int rounds = pairings.stream()
                .mapToInt(each -> each.rounds().now().size())
                .max()
                .orElse(1);
        return reached <= 1 ? 0 : (int) Math.ceil(rounds * reached * reached);
    }
}
