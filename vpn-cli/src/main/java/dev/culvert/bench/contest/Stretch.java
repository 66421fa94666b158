package dev.culvert.bench.contest;

import java.io.IOException;

/** The time between two readings; one that takes a while stands for the middle of it. */
final class Stretch {
    private long beganNanos;
    private long endedNanos;

    /** What is read, or told to begin. */
    @FunctionalInterface
    interface Reading {
        void run() throws IOException;
    }

    void begin(Reading reading) throws IOException {
        beganNanos = middleOf(reading);
    }

    void end(Reading reading) throws IOException {
        endedNanos = middleOf(reading);
    }

    private static long middleOf(Reading reading) throws IOException {
        long began = System.nanoTime();
        reading.run();
        return began + (System.nanoTime() - began) / 2;
    }

    long nanos() {
        return endedNanos - beganNanos;
    }
}
