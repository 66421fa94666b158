package dev.culvert.testkit;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what another thread or the kernel does soon, and no longer than needed. */
public final class Eventually {
    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final long POLL_NANOS = 200_000;

    private Eventually() {}

    /** Fails the test when {@code condition} does not come true; {@code what} completes the sentence "never: ...". */
    public static void eventually(String what, BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > DEADLINE.toNanos()) {
                throw new AssertionError("within " + DEADLINE.toSeconds() + " s never: " + what);
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }
}
