package dev.culvert.tunnel;

import java.time.Duration;

/**
 * How many control messages a peer may hand to the control loop: in a session it takes a handful, and whoever sends
 * more costs us nothing beyond opening them. Each lane has its share of it. Confined to its lane.
 */
final class ControlAllowance {
    static final int BURST = 16;
    static final long NANOS_PER_MESSAGE = Duration.ofMillis(500).toNanos();

    private final long nanosPerMessage;
    private final long fullNanos;

    /** The messages allowed at the moment, as the time it takes to earn them. */
    private long savedNanos;

    private long updatedNanos;
    private boolean used;

    /** @param lanes that share {@value #BURST} messages, each being left one at least */
    ControlAllowance(int lanes) {
        nanosPerMessage = lanes * NANOS_PER_MESSAGE;
        fullNanos = Math.max(1, BURST / lanes) * nanosPerMessage;
        savedNanos = fullNanos;
    }

    boolean tryTake(long nowNanos) {
        if (used) {
            savedNanos = Math.min(fullNanos, savedNanos + (nowNanos - updatedNanos));
        }
        used = true;
        updatedNanos = nowNanos;
        if (savedNanos < nanosPerMessage) {
            return false;
        }
        savedNanos -= nanosPerMessage;
        return true;
    }
}
