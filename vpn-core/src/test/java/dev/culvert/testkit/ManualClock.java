package dev.culvert.testkit;

import dev.culvert.time.MonotonicClock;
import dev.culvert.time.WallClock;
import java.time.Duration;
import java.time.Instant;

/** Time that moves only when a test says so; both clocks advance together. */
public final class ManualClock implements MonotonicClock, WallClock {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    // Close to the wrap-around, so that a comparison that is not by difference fails soon.
    private long nanos = Long.MAX_VALUE - Duration.ofSeconds(30).toNanos();
    private Instant now = START;

    @Override
    public long nanoTime() {
        return nanos;
    }

    @Override
    public Instant now() {
        return now;
    }

    public void advance(Duration by) {
        nanos += by.toNanos();
        now = now.plus(by);
    }
}
