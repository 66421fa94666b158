package dev.culvert.bench.crossing;

import dev.culvert.bench.result.Samples;
import dev.culvert.bench.result.StudentT;
import java.util.List;

/** Whether one cost is larger than another, as far as the rounds can tell. */
enum Verdict {
    DEARER,
    CHEAPER,
    NOT_TOLD_APART;

    /** A smaller difference is not worth a word: where memory happens to lie makes as much between two runs. */
    private static final double LEAST_EFFECT = 0.05;

    /**
     * By the 95 % interval (Student's t) of the mean of the logarithms: that all rounds agree is not enough, because
     * three do by chance once in four times.
     *
     * @param ratios of the one cost to the other, once a round
     */
    static Verdict of(Samples ratios) {
        List<Double> logarithms = ratios.rounds().stream().map(Math::log).toList();
        int rounds = logarithms.size();
        if (rounds < 2) {
            return NOT_TOLD_APART;
        }
        double mean = logarithms.stream().mapToDouble(each -> each).average().orElseThrow();
        double squares = logarithms.stream()
                .mapToDouble(each -> (each - mean) * (each - mean))
                .sum();
        double half = StudentT.quantile(rounds - 1) * Math.sqrt(squares / (rounds - 1) / rounds);
        if (Math.min(mean - half, Math.log(ratios.median() / (1 + LEAST_EFFECT))) > 0) {
            return DEARER;
        }
        if (Math.max(mean + half, Math.log(ratios.median() * (1 + LEAST_EFFECT))) < 0) {
            return CHEAPER;
        }
        return NOT_TOLD_APART;
    }
}
