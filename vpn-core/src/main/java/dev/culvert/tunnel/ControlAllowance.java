package dev.culvert.tunnel;

import java.time.Duration;

/**
 * How many control messages a peer may hand to the control loop: in a session it takes a handful, and whoever sends
 * more costs us nothing beyond opening them. Confined to its lane.
 */
final class ControlAllowance {
    static final int BURST = 16;
    static final long NANOS_PER_MESSAGE = Duration.ofMillis(500).toNanos();

    private static final long FULL_NANOS = BURST * NANOS_PER_MESSAGE;

    /** The messages allowed at the moment, as the time it takes to earn them. */
    private long savedNanos = FULL_NANOS;

    private long updatedNanos;
    private boolean used;

    boolean tryTake(long nowNanos) {
        if (used) {
            savedNanos = Math.min(FULL_NANOS, savedNanos + (nowNanos - updatedNanos));
        }
        used = true;
        updatedNanos = nowNanos;
        if (savedNanos < NANOS_PER_MESSAGE) {
            return false;
        }
        savedNanos -= NANOS_PER_MESSAGE;
        return true;
    }
}
