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

    /** The variance that samples share, by the distances inside each; one of them has two values at least. */
    static double variance(List<List<Double>> samples) {
        List<Double> distances = new ArrayList<>();
        samples.forEach(values -> addDistances(values, distances));
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
