package dev.culvert.bench.report;

import java.util.Locale;

/** Figures as people read them: three digits that count, the same in every table and plot. */
public final class Numbers {
    private static final double HUGE = 1e9;
    private static final double TINY = 1e-3;
    private static final String NONE = "none";

    private Numbers() {}

    public static String figure(double value) {
        return digits(value, 3);
    }

    /** At least so many; all of those before the point. */
    private static String digits(double value, int digits) {
        if (!Double.isFinite(value)) {
            return NONE;
        }
        double size = Math.abs(value);
        if (size == 0) {
            return "0";
        }
        if (size >= HUGE || size < TINY) {
            return format("%." + (digits - 1) + "e", value);
        }
        int decimals = 0;
        // 99.95 is 100 when it has three digits
        for (double limit = Math.pow(10, digits - 1) - 0.05; size < limit; limit /= 10) {
            decimals++;
        }
        return format("%,." + decimals + "f", value);
    }

    /** Of an axis: what was chosen to be round shows no digits that say nothing. */
    public static String tick(double value) {
        String figure = figure(value);
        return figure.contains(".") ? figure.replaceFirst("\\.?0+(?=e|$)", "") : figure;
    }

    public static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** {@code 4.02..4.31}. */
    public static String range(double low, double high) {
        return figure(low) + ".." + figure(high);
    }

    /** With its sign: {@code +12.3}. */
    public static String signed(double value) {
        return (value > 0 ? "+" : "") + figure(value);
    }

    /** Of a ratio: {@code 43 %}, {@code 5.0 %}, {@code 12.4 x}. */
    public static String ratio(double ratio) {
        return ratio >= 9.95 && Double.isFinite(ratio) ? figure(ratio) + " x" : percent(100 * ratio);
    }

    /** Two digits that count: {@code 43 %}, {@code 5.0 %}, {@code 0.034 %}. */
    public static String percent(double percent) {
        return Double.isFinite(percent) ? digits(percent, 2) + " %" : NONE;
    }

    /** A change, by its ratio: {@code +3.1 %}. */
    public static String change(double ratio) {
        double percent = 100 * (ratio - 1);
        if (!Double.isFinite(percent)) {
            return NONE;
        }
        return format("%+,.1f %%", Math.abs(percent) < 0.05 ? 0 : percent); // -0.0 would be a sign without a change
    }

    private static String format(String pattern, double value) {
        return String.format(Locale.ROOT, pattern, value);
    }
}
