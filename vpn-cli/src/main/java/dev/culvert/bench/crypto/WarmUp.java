package dev.culvert.bench.crypto;

import dev.culvert.bench.Progress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * Runs all cells in turn until none gets faster any more: some engines are Java, and the virtual machine compiles them
 * while they run, and once more when another engine joins them.
 */
final class WarmUp {
    /** As many rounds as nothing may have improved in. */
    private static final int STEADY_ROUNDS = 5;

    private static final int ROUNDS_A_STEP = 10;
    /** Gains below this are noise. */
    private static final double GAIN = 0.03;

    private final List<Cell> cells;
    private final Duration slice;
    private final int maxRounds;
    private final Progress progress;

    WarmUp(List<Cell> cells, Duration slice, int maxRounds, Progress progress) {
        this.cells = cells;
        this.slice = slice;
        this.maxRounds = maxRounds;
        this.progress = progress;
    }

    /** @return whether the costs have settled */
    boolean run() {
        double[] best = new double[cells.size()];
        Arrays.fill(best, Double.POSITIVE_INFINITY);
        int steady = 0;
        for (int round = 0; round < maxRounds && steady < STEADY_ROUNDS; round++) {
            if (round % ROUNDS_A_STEP == 0) {
                progress.onStep("warming up", 0);
            }
            steady = runRound(best) ? 0 : steady + 1;
        }
        return steady == STEADY_ROUNDS;
    }

    private boolean runRound(double[] best) {
        boolean gained = false;
        for (int i = 0; i < best.length; i++) {
            double nanos = cells.get(i).run(slice).nanos();
            if (nanos < best[i] * (1 - GAIN)) {
                gained = true;
            }
            best[i] = Math.min(best[i], nanos);
        }
        return gained;
    }
}
