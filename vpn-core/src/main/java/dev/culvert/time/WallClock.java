package dev.culvert.time;

import java.time.Clock;
import java.time.Instant;

/** The time of day: for the TAI64N timestamps of initiations and for what people read, never for deadlines. */
@FunctionalInterface
public interface WallClock {
    Instant now();

    /** The clock of this machine. */
    static WallClock system() {
        return Clock.systemUTC()::instant;
    }
}
