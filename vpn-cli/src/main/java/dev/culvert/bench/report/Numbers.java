package dev.culvert.bench.report;

import java.util.Locale;

/** Figures as people read them: three digits that count, the same in every table and plot. */
public final class Numbers {
    private static final double HUGE = 1e9;
    private static final double TINY = 1e-3;

    private Numbers() {}

    public static String figure(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return "none";
        }
        double size = Math.abs(value);
        if (size == 0) {
            return "0";
        }
        if (size >= HUGE || size < TINY) {
            return format("%.2e", value);
        }
        if (size >= 99.95) {
            return format("%,.0f", value);
        }
        int decimals = 1;
        // 9.995 is 10.0 when it has three digits
        for (double limit = 9.995; size < limit; limit /= 10) {
            decimals++;
        }
        return format("%." + decimals + "f", value);
    }

    /** {@code 4.02..4.31}. */
    public static String range(double low, double high) {
        return figure(low) + ".." + figure(high);
    }

    /** With its sign: {@code +12.3}. */
    public static String signed(double value) {
        return (value > 0 ? "+" : "") + figure(value);
    }

    /** Of a ratio: {@code 43 %}, {@code 0.5 %}, {@code 12.4 x}. */
    public static String ratio(double ratio) {
        if (Double.isNaN(ratio) || Double.isInfinite(ratio)) {
            return "none";
        }
        if (ratio >= 9.95) {
            return figure(ratio) + " x";
        }
        double percent = 100 * ratio;
        return Math.abs(percent) >= 9.995 ? format("%.0f %%", percent) : figure(percent) + " %";
    }

    /** A change, by its ratio: {@code +3.1 %}. */
    public static String change(double ratio) {
        return format("%+.1f %%", 100 * (ratio - 1));
    }

    private static String format(String pattern, double value) {
        return String.format(Locale.ROOT, pattern, value);
    }
}
