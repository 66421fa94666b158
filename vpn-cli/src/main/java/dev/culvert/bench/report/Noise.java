package dev.culvert.bench.report;

import dev.culvert.bench.result.Samples;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** How far apart values lie and where their middle is, whatever a few odd ones say. */
final class Noise {
    /** The median distance of two values of a normal distribution with a standard deviation of 1. */
    private static final double MEDIAN_DISTANCE = 0.954;

    private Noise() {}

    static double median(List<Double> values) {
        return new Samples(values).median();
    }

    static double quartile(List<Double> values) {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return sorted.get((3 * (sorted.size() - 1) + 3) / 4);
    }

    /** By how much {@code now} lies above {@code before}: the median of all differences (Hodges and Lehmann). */
    static double shift(List<Double> before, List<Double> now) {
        List<Double> differences = new ArrayList<>();
        for (double later : now) {
            before.forEach(earlier -> differences.add(later - earlier));
        }
        return median(differences);
    }

    /** The middle of values: the median of the means of all pairs, as good as a mean and not moved by an odd one. */
    static double middle(List<Double> values) {
        List<Double> means = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            for (double other : values.subList(i, values.size())) {
                means.add((values.get(i) + other) / 2);
            }
        }
        return median(means);
    }

    /** The variance that two samples share, by the distances inside each. */
    static double variance(List<Double> before, List<Double> now) {
        List<Double> distances = new ArrayList<>();
        addDistances(before, distances);
        addDistances(now, distances);
        double deviation = median(distances) / MEDIAN_DISTANCE;
        return deviation * deviation;
    }

    private static void addDistances(List<Double> values, List<Double> distances) {
        for (int i = 0; i < values.size(); i++) {
            for (double other : values.subList(i + 1, values.size())) {
                distances.add(Math.abs(values.get(i) - other));
            }
        }
    }
}
