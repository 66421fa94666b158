package dev.culvert.bench.crossing;

/** @param quick fewer sizes and less time for each: about 30 s in all */
public record CrossingSettings(int rounds, boolean quick) {
    private static final long QUICK_NANOS = 30_000_000;
    private static final long THOROUGH_NANOS = 100_000_000;

    Sizes sizes() {
        return quick ? Sizes.FEW : Sizes.ALL;
    }

    /** For each row and size in each round. */
    long budgetNanos() {
        return quick ? QUICK_NANOS : THOROUGH_NANOS;
    }

    /** As on the command line. */
    String text() {
        return "culvert bench crossing --rounds " + rounds + (quick ? " --quick" : "");
    }
}
