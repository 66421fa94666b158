package dev.culvert.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Everything that takes time of one subject, as one figure: in each round the mean of its figures, those that scatter
 * less counting for more. What a round does to all of them shows in these means, so that nothing has to be assumed of how
 * the figures of one measurement hang together. Figures that a round is missing of are left out.
 *
 * @param figures how many
 * @param moves whether a slower machine shows in any of them
 */
record SubjectRounds(String subject, int figures, boolean moves, Pairing example, Rounds rounds) {
    /** What scatters less than that may be held by something else than the subject, a rate that was asked for. */
    private static final double STEADIEST = 0.05;

    /** @param all of one subject, each with the error of its shift */
    static SubjectRounds of(String subject, List<Weighted> all) {
        int most = all.stream().mapToInt(Weighted::size).max().orElseThrow();
        List<Weighted> weighted =
                all.stream().filter(each -> each.size() == most).toList();
        return new SubjectRounds(
                subject,
                weighted.size(),
                weighted.stream().anyMatch(each -> each.pairing().movesWithTheMachine()),
                weighted.getFirst().pairing(),
                new Rounds(
                        means(
                                weighted,
                                weighted.stream()
                                        .map(each -> each.rounds().before())
                                        .toList()),
                        means(
                                weighted,
                                weighted.stream()
                                        .map(each -> each.rounds().now())
                                        .toList())));
    }

    /** @param rounds of the pairing, without the machine's part */
    record Weighted(Pairing pairing, Rounds rounds, double error) {
        int size() {
            return rounds.before().size() + rounds.now().size();
        }

        double weight() {
            return 1 / (error * error + STEADIEST * STEADIEST);
        }
    }

    private static List<Double> means(List<Weighted> weighted, List<List<Double>> figures) {
        double weights = weighted.stream().mapToDouble(Weighted::weight).sum();
        List<Double> means = new ArrayList<>();
        for (int round = 0; round < figures.getFirst().size(); round++) {
            int at = round;
            means.add(IntStream.range(0, figures.size())
                            .mapToDouble(i ->
                                    weighted.get(i).weight() * figures.get(i).get(at))
                            .sum()
                    / weights);
        }
        return means;
    }
}
