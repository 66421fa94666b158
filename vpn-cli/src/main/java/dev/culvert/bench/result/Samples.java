package dev.culvert.bench.result;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.IntStream;

/**
 * One figure, measured once a round.
 *
 * @param rounds in the order of the rounds, so that figures of one round can be set beside each other; never empty
 */
public record Samples(List<Double> rounds) {
    public Samples {
        if (rounds.isEmpty()) {
            throw new IllegalArgumentException("no rounds");
        }
        rounds = List.copyOf(rounds);
    }

    public static Samples of(double... rounds) {
        return new Samples(Arrays.stream(rounds).boxed().toList());
    }

    /** Figure by figure of the same round, so that what slowed the whole machine in a round is in both. */
    public Samples with(Samples other, DoubleBinaryOperator operation) {
        return new Samples(IntStream.range(0, rounds.size())
                .mapToObj(round -> operation.applyAsDouble(rounds.get(round), other.rounds.get(round)))
                .toList());
    }

    public double median() {
        List<Double> sorted = rounds.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    public double lowest() {
        return rounds.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    }

    public double highest() {
        return rounds.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    }
}
