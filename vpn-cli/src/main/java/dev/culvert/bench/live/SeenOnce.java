package dev.culvert.bench.live;

import java.util.BitSet;

/** Tells the first copy of a reply from the second: networks duplicate, and a bridge loop does so for a living. */
final class SeenOnce {
    private static final int MAX = 1 << 24; // requests of one stretch, far more than a cap lets through

    private final BitSet seen = new BitSet();

    /** Returns false for a number marked before, or one that was never sent. */
    boolean mark(long number) {
        if (number < 0 || number >= MAX || seen.get((int) number)) {
            return false;
        }
        seen.set((int) number);
        return true;
    }
}
