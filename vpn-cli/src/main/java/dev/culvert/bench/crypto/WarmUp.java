package dev.culvert.bench.crypto;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * Runs all cells in turn until none gets faster any more: some engines are Java, and the virtual machine compiles them
 * while they run.
 */
final class WarmUp {
    /** As many rounds as nothing may have improved in. */
    private static final int STEADY_ROUNDS = 4;

    /** Of all cells on average. Compiled code is faster by far more; below this the best of many runs creeps by luck. */
    private static final double GAIN = 0.01;

    private final List<Cell> cells;
    private final Duration slice;
    private final int maxRounds;

    WarmUp(List<Cell> cells, Duration slice, int maxRounds) {
        this.cells = cells;
        this.slice = slice;
        this.maxRounds = maxRounds;
    }

    /** @return whether the costs have settled */
    boolean run() {
        double[] best = new double[cells.size()];
        Arrays.fill(best, Double.POSITIVE_INFINITY);
        int steady = 0;
        for (int round = 0; round < maxRounds && steady < STEADY_ROUNDS; round++) {
            steady = runRound(best) ? 0 : steady + 1;
        }
        return steady == STEADY_ROUNDS;
    }

    /** @return whether costs fell */
    private boolean runRound(double[] best) {
        double gain = 0;
        for (int i = 0; i < best.length; i++) {
            double nanos = cells.get(i).run(slice).nanos();
            gain += Math.max(0, 1 - nanos / best[i]);
            best[i] = Math.min(best[i], nanos);
        }
        return gain / best.length > GAIN;
    }
}
