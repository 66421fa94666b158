package dev.culvert.bench.report.html;

import java.util.ArrayList;
import java.util.List;

/** Values to places between 0 and 1: by logarithm where they lie far apart, from zero where they do not. */
record Axis(double low, double high, boolean isLogarithmic) {
    private static final double FAR = 12;
    private static final int TICKS = 4;
    private static final int MOST_DECADES = 6;
    private static final double A_BIT = 1e-9;
    /** What a file claims to lie beyond, or below its inverse, is not worth a scale. */
    private static final double ABSURD = 1e30;

    static Axis over(List<Double> values) {
        List<Double> sane =
                values.stream().filter(value -> Math.abs(value) <= ABSURD).toList();
        double least = sane.stream().mapToDouble(Double::doubleValue).min().orElse(0);
        double most = sane.stream().mapToDouble(Double::doubleValue).max().orElse(1);
        if (least > 1 / ABSURD && most / least > FAR) {
            double upwards = 1 / roundBelow(1 / most);
            return new Axis(roundBelow(least), upwards, true);
        }
        double top = most > 1 / ABSURD ? most : 1;
        double step = step(top);
        return new Axis(Math.min(0, least), step * Math.ceil(top / step - A_BIT), false);
    }

    /** Of a value within, between 0 and 1; no number where there is no place for it. */
    double place(double value) {
        return isLogarithmic ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
    }

    boolean holds(double value) {
        double place = place(value);
        return place >= -A_BIT && place <= 1 + A_BIT;
    }

    List<Double> ticks() {
        List<Double> ticks = new ArrayList<>();
        if (!isLogarithmic) {
            double step = step(high);
            for (int i = 0; i * step <= high * (1 + A_BIT); i++) {
                ticks.add(i * step);
            }
            return ticks;
        }
        double decades = Math.log10(high / low);
        int stride = (int) Math.ceil(decades / MOST_DECADES);
        double[] digits = decades <= 2 ? new double[] {1, 2, 5} : new double[] {1};
        double first = Math.log10(low);
        for (int power = (int) (digits.length > 1 ? Math.floor(first) : Math.ceil(first - A_BIT));
                Math.pow(10, power) <= high;
                power += stride) {
            for (double digit : digits) {
                double tick = digit * Math.pow(10, power);
                if (holds(tick)) {
                    ticks.add(tick);
                }
            }
        }
        return ticks;
    }

    /** 1, 2 or 5 of some power of ten, so that a few steps are enough. */
    private static double step(double most) {
        return 1 / roundBelow(TICKS / most);
    }

    /** 1, 2 or 5 of some power of ten. */
    private static double roundBelow(double value) {
        double power = Math.pow(10, Math.floor(Math.log10(value) + A_BIT));
        double digit = value / power + A_BIT;
        return power * (digit >= 5 ? 5 : digit >= 2 ? 2 : 1);
    }
}
