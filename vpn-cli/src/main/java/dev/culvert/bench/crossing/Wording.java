package dev.culvert.bench.crossing;

import dev.culvert.bench.result.Samples;
import java.util.Locale;

/** Figures in sentences. */
final class Wording {
    private Wording() {}

    /** {@code 214 ns}, {@code 4.1 ns}. */
    static String nanos(double nanos) {
        return number(nanos) + " ns";
    }

    static String number(double value) {
        return String.format(Locale.ROOT, Math.abs(value) < 9.95 ? "%.1f" : "%,.0f", value);
    }

    static String bytes(long bytes) {
        return String.format(Locale.ROOT, "%,d bytes", bytes);
    }

    static String percent(double share) {
        return number(100 * share) + " %";
    }

    /** {@code 1.57 times (1.52 to 1.60 in the rounds)}. */
    static String times(Samples ratios) {
        return String.format(
                Locale.ROOT,
                "%.2f times (%.2f to %.2f in the rounds)",
                ratios.median(),
                ratios.lowest(),
                ratios.highest());
    }

    /** Of one round each, so that what slowed the whole machine in a round is in neither. */
    static Samples ratios(Samples of, Samples to) {
        return of.with(to, (each, other) -> each / other);
    }

    static Samples sum(Samples first, Samples second) {
        return first.with(second, Double::sum);
    }

    static Samples difference(Samples of, Samples from) {
        return of.with(from, (each, other) -> each - other);
    }

    static Samples scaled(Samples samples, double factor) {
        return new Samples(samples.rounds().stream().map(each -> each * factor).toList());
    }
}
