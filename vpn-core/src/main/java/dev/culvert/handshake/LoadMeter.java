package dev.culvert.handshake;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Whether handshake messages come faster than they are worked off; stays true a while after, so as not to flutter. */
final class LoadMeter {
    /** Handshake messages waiting at once. */
    static final int THRESHOLD = 128;

    static final long HOLD_NANOS = Duration.ofSeconds(1).toNanos();

    private @Nullable Long lastLoadNanos;

    boolean isUnderLoad(int queued, long nowNanos) {
        if (queued >= THRESHOLD) {
            lastLoadNanos = nowNanos;
        }
        return lastLoadNanos != null && nowNanos - lastLoadNanos < HOLD_NANOS;
    }
}
