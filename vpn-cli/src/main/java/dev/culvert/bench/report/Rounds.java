package dev.culvert.bench.report;

import java.util.ArrayList;
import java.util.List;

/**
 * The rounds of one figure in two runs, on a scale where differences are ratios of costs: logarithms.
 *
 * @param before none of them infinite
 * @param now likewise; not always as many
 */
record Rounds(List<Double> before, List<Double> now) {
    Rounds {
        before = List.copyOf(before);
        now = List.copyOf(now);
    }

    /** By how much {@code now} lies above {@code before}: the median of all differences (Hodges and Lehmann). */
    double shift() {
        List<Double> differences = new ArrayList<>();
        for (double later : now) {
            before.forEach(earlier -> differences.add(later - earlier));
        }
        return Noise.median(differences);
    }

    /** How many values the noise is known from, beyond the two that say where the runs lie. */
    int degrees() {
        return before.size() + now.size() - 2;
    }

    /** What both runs share, by the distances inside each. */
    double variance() {
        return Noise.variance(List.of(before, now));
    }

    /** Of the shift, where a single round has this variance. */
    double error(double variance) {
        return Math.sqrt(variance * (1.0 / before.size() + 1.0 / now.size()));
    }

    /** As if the later run's machine had been faster by so much. */
    Rounds without(double drift) {
        return new Rounds(before, now.stream().map(each -> each - drift).toList());
    }
}
