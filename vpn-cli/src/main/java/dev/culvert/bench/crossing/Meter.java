package dev.culvert.bench.crossing;

import java.io.IOException;
import java.util.Arrays;

/**
 * Times batches. The median of them is the figure: an interrupt, or a moment that the hypervisor gave to somebody else,
 * spoils the batch it falls into and nothing more.
 */
final class Meter {
    private static final int LEAST_BATCHES = 5;
    private static final int MOST_BATCHES = 20_000;

    private final Gate gate;
    private final double[] nanosPerFrame = new double[MOST_BATCHES];

    Meter(Gate gate) {
        this.gate = gate;
    }

    /** Carries one batch: it works, or it throws. */
    void check(Crossing crossing) throws IOException {
        double _ = gate.nanosPerFrame(crossing);
    }

    /** @param budgetNanos of the whole measurement, preparations included; it may take longer for its first batches */
    double nanosPerFrame(Crossing crossing, long budgetNanos) throws IOException {
        int batches = 0;
        long began = System.nanoTime();
        while (batches < LEAST_BATCHES || (batches < MOST_BATCHES && System.nanoTime() - began < budgetNanos)) {
            nanosPerFrame[batches] = gate.nanosPerFrame(crossing);
            batches++;
        }
        Arrays.sort(nanosPerFrame, 0, batches);
        return (nanosPerFrame[(batches - 1) / 2] + nanosPerFrame[batches / 2]) / 2;
    }
}
