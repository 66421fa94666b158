package dev.culvert.bench.crossing;

import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/**
 * Times batches. The median of them is the figure: an interrupt, or a moment that the hypervisor gave to somebody else,
 * spoils the batch it falls into and nothing more. A batch that fails is made again, for a while: a datagram over
 * loopback may be late, where the kernel has put off to deliver it.
 */
final class Meter {
    private static final int LEAST_BATCHES = 5;
    private static final int MOST_BATCHES = 20_000;
    private static final long PATIENCE_NANOS = 200_000_000;
    private static final long PAUSE_NANOS = 5_000_000; // in which the kernel delivers what it has put off

    private final Gate gate;
    private final double[] nanosPerFrame = new double[MOST_BATCHES];

    Meter(Gate gate) {
        this.gate = gate;
    }

    /** Carries one batch: it works, or it throws. */
    void check(Crossing crossing) throws IOException {
        double _ = batch(crossing);
    }

    /** @param budgetNanos of the whole measurement, preparations included; it may take longer for its first batches */
    double nanosPerFrame(Crossing crossing, long budgetNanos) throws IOException {
        int batches = 0;
        long began = System.nanoTime();
        while (batches < LEAST_BATCHES || (batches < MOST_BATCHES && System.nanoTime() - began < budgetNanos)) {
            nanosPerFrame[batches] = batch(crossing);
            batches++;
        }
        Arrays.sort(nanosPerFrame, 0, batches);
        return (nanosPerFrame[(batches - 1) / 2] + nanosPerFrame[batches / 2]) / 2;
    }

    private double batch(Crossing crossing) throws IOException {
        long began = System.nanoTime();
        while (true) {
            try {
                return gate.nanosPerFrame(crossing);
            } catch (IOException e) {
                if (System.nanoTime() - began > PATIENCE_NANOS) {
                    throw e;
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }
}
