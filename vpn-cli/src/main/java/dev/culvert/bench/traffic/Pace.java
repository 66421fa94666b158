package dev.culvert.bench.traffic;

/**
 * When the next packets of a steady rate are due: a few together, a few thousand times a second, since no sleep is
 * exact to the microsecond. A sender that fell behind makes up for a little of it and forgets the rest: a burst that
 * nobody asked for would be lost, and the loss blamed on what it was sent through. Flood: always due.
 */
final class Pace {
    private static final int BURSTS_PER_SECOND = 4000;
    /** Few enough to look up again soon. */
    private static final int FLOOD_BURST = 32;

    private static final long MAX_LAG_NANOS = 2_000_000;
    private static final double NANOS_PER_SECOND = 1e9;

    private final double packetsPerNano;
    private final int burst;
    private long beganNanos;
    private long sent; // since beganNanos

    /** @param packetsPerSecond 0 for a flood */
    Pace(int packetsPerSecond, long nowNanos) {
        this.packetsPerNano = packetsPerSecond / NANOS_PER_SECOND;
        this.burst = packetsPerSecond == 0 ? FLOOD_BURST : Math.max(1, packetsPerSecond / BURSTS_PER_SECOND);
        this.beganNanos = nowNanos;
    }

    /** How many to send now; they are taken as sent. */
    int due(long nowNanos) {
        if (packetsPerNano == 0) {
            return burst;
        }
        // A burst waits until it is complete; that is no lag.
        double behindNanos = (nowNanos - beganNanos) - (sent + burst) / packetsPerNano;
        if (behindNanos > MAX_LAG_NANOS) {
            beganNanos += (long) behindNanos - MAX_LAG_NANOS;
        }
        long due = (long) ((nowNanos - beganNanos) * packetsPerNano) - sent;
        if (due < burst) {
            return 0;
        }
        sent += due;
        return (int) due;
    }

    /** Until the next burst is due. */
    long waitNanos(long nowNanos) {
        return packetsPerNano == 0
                ? 0
                : Math.max(0, (long) ((sent + burst) / packetsPerNano) - (nowNanos - beganNanos));
    }
}
