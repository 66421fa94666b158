package dev.culvert.bench.report;

import java.util.List;

/**
 * Where the median of what a figure comes from lies, with 95 % confidence: between two of the values seen, by the sign
 * test, so that nothing is assumed about the noise. Up to five values cannot give that much: then it is all of their
 * range, with a confidence of 1 - 2^(1-n).
 */
record MedianInterval(double low, double high) {
    private static final double DOUBT = 0.05;

    static MedianInterval of(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int count = sorted.size();
        int dropped = 0;
        double each = Math.pow(0.5, count);
        double doubt = 2 * each;
        for (int below = 1; below < count / 2; below++) {
            each *= (count - below + 1.0) / below;
            doubt += 2 * each;
            if (doubt > DOUBT) {
                break;
            }
            dropped = below;
        }
        return new MedianInterval(sorted.get(dropped), sorted.get(count - 1 - dropped));
    }

    boolean contains(double value) {
        return low <= value && value <= high;
    }
}
