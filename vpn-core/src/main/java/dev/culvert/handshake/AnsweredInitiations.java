package dev.culvert.handshake;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps one peer's initiations from being answered twice, or too often. */
final class AnsweredInitiations {
    /** At most 50 a second, as the kernel's INITIATIONS_PER_SECOND. */
    static final long MIN_INTERVAL_NANOS = Duration.ofMillis(20).toNanos();

    private record Answered(Tai64n timestamp, long atNanos) {}

    private @Nullable Answered last;

    /** Why an initiation with this timestamp must not be answered now; empty when it may. */
    Optional<HandshakeVerdict> refusal(Tai64n timestamp, long nowNanos) {
        if (last == null) {
            return Optional.empty();
        }
        if (!timestamp.isAfter(last.timestamp)) {
            return Optional.of(HandshakeVerdict.INITIATION_REPLAYED);
        }
        boolean isTooSoon = nowNanos - last.atNanos < MIN_INTERVAL_NANOS;
        return isTooSoon ? Optional.of(HandshakeVerdict.INITIATION_FLOOD) : Optional.empty();
    }

    void onAnswered(Tai64n timestamp, long nowNanos) {
        last = new Answered(timestamp, nowNanos);
    }
}
