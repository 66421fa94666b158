package dev.culvert.bench.report.html;

import java.util.ArrayList;
import java.util.List;

/** Values to places between 0 and 1: by logarithm where they lie far apart, from zero where they do not. */
record Axis(double low, double high, boolean isLogarithmic) {
    private static final double FAR = 12;
    private static final int TICKS = 4;

    static Axis over(List<Double> values) {
        List<Double> finite = values.stream().filter(Double::isFinite).toList();
        double least = finite.stream().mapToDouble(Double::doubleValue).min().orElse(0);
        double most = finite.stream().mapToDouble(Double::doubleValue).max().orElse(1);
        if (least > 0 && most / least > FAR) {
            return new Axis(
                    Math.pow(10, Math.floor(Math.log10(least))), Math.pow(10, Math.ceil(Math.log10(most))), true);
        }
        double step = step(most > 0 ? most : 1);
        return new Axis(Math.min(0, least), step * Math.ceil((most > 0 ? most : 1) / step), false);
    }

    double place(double value) {
        return isLogarithmic ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
    }

    List<Double> ticks() {
        List<Double> ticks = new ArrayList<>();
        if (isLogarithmic) {
            for (double tick = low; tick <= high * 1.001; tick *= 10) {
                ticks.add(tick);
            }
        } else {
            double step = step(high);
            for (double tick = 0; tick <= high * 1.001; tick += step) {
                ticks.add(tick);
            }
        }
        return ticks;
    }

    /** 1, 2 or 5 of some power of ten. */
    private static double step(double most) {
        double power = Math.pow(10, Math.floor(Math.log10(most / TICKS)));
        double digit = most / TICKS / power;
        return power * (digit <= 1 ? 1 : digit <= 2 ? 2 : digit <= 5 ? 5 : 10);
    }
}
