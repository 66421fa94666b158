package dev.culvert.cli;

import dev.culvert.bench.Progress;
import java.io.PrintWriter;
import java.util.Locale;

/** How far a benchmark is, on stderr: one line that is written over on a terminal, a line a step elsewhere. */
final class BenchProgress implements Progress {
    // A line is ended when it is written and taken back by the next: whatever else is printed meanwhile stands alone.
    private static final String OVER_THE_LAST = "\u001b[1A\r\u001b[K";

    private final PrintWriter err;
    private final boolean isLive;
    private final int width;
    private final long beganNanos = System.nanoTime();
    private boolean hasLine;

    BenchProgress(PrintWriter err, boolean isLive, int width) {
        this.err = err;
        this.isLive = isLive;
        this.width = width;
    }

    @Override
    public void onStep(String what, double done) {
        long seconds = (System.nanoTime() - beganNanos) / 1_000_000_000;
        String line = String.format(Locale.ROOT, "%3.0f %% %3d:%02d  %s", 100 * done, seconds / 60, seconds % 60, what);
        clear();
        // a line that wraps could not be taken back
        err.println(isLive && line.length() >= width ? line.substring(0, width - 1) : line);
        err.flush();
        hasLine = true;
    }

    /** Makes way for the result. */
    void clear() {
        if (isLive && hasLine) {
            err.print(OVER_THE_LAST);
            err.flush();
        }
        hasLine = false;
    }
}
