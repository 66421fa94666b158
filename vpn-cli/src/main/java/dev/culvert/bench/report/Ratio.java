package dev.culvert.bench.report;

import dev.culvert.bench.result.Samples;
import java.util.Optional;

/**
 * Two figures of one run beside each other.
 *
 * @param median of the ratios of each round, where both were measured in the same rounds: what slows the whole machine
 *     for a while is in both, and cancels out
 * @param isNoise whether the rounds disagree about which is the larger, or are too few to tell
 */
public record Ratio(double median, double low, double high, boolean isNoise) {
    /** Fewer say nothing about how far apart rounds lie. */
    static final int LEAST_ROUNDS = 3;

    /** None where the reference has a value of zero. */
    public static Optional<Ratio> of(Samples figure, Samples reference) {
        if (reference.rounds().stream().anyMatch(value -> !(value > 0))) {
            return Optional.empty();
        }
        int rounds = figure.rounds().size();
        if (rounds != reference.rounds().size()) {
            double median = figure.median() / reference.median();
            double low = figure.lowest() / reference.highest();
            double high = figure.highest() / reference.lowest();
            return Optional.of(new Ratio(median, low, high, low <= 1 && 1 <= high));
        }
        Samples paired = figure.with(reference, (each, by) -> each / by);
        boolean isNoise =
                rounds < LEAST_ROUNDS || MedianInterval.of(paired.rounds()).contains(1);
        return Optional.of(new Ratio(paired.median(), paired.lowest(), paired.highest(), isNoise));
    }
}
