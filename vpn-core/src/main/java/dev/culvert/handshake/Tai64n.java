package dev.culvert.handshake;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Comparator;

/**
 * A TAI64N label (cr.yp.to/libtai/tai64.html) as WireGuard uses it: to order the initiations of one peer, not to tell
 * the time. Both fields unsigned.
 */
record Tai64n(long seconds, int nanos) implements Comparable<Tai64n> {
    static final int BYTES = Long.BYTES + Integer.BYTES;

    /** 2^62, and the 10 seconds that TAI was ahead of UTC in 1970; leap seconds since are ignored, as WireGuard does. */
    private static final long EPOCH = 0x4000_0000_0000_000aL;

    /** Steps of 2^24 ns, about 16 ms: finer ones would be a clock for whoever measures us by its timing. */
    private static final int STEP_NANOS = 1 << 24;

    private static final int NANOS_PER_SECOND = 1_000_000_000;

    private static final Comparator<Tai64n> BY_BYTES = Comparator.<Tai64n>comparingLong(t -> t.seconds ^ Long.MIN_VALUE)
            .thenComparingInt(t -> t.nanos ^ Integer.MIN_VALUE);

    static Tai64n of(Instant instant) {
        return new Tai64n(EPOCH + instant.getEpochSecond(), instant.getNano() & -STEP_NANOS);
    }

    static Tai64n read(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new Tai64n(buffer.getLong(), buffer.getInt());
    }

    byte[] toBytes() {
        return ByteBuffer.allocate(BYTES).putLong(seconds).putInt(nanos).array();
    }

    boolean isAfter(Tai64n other) {
        return compareTo(other) > 0;
    }

    /** The next label that differs. */
    Tai64n next() {
        int later = nanos + STEP_NANOS;
        return later < NANOS_PER_SECOND ? new Tai64n(seconds, later) : new Tai64n(seconds + 1, 0);
    }

    /** The order of their bytes. */
    @Override
    public int compareTo(Tai64n other) {
        return BY_BYTES.compare(this, other);
    }
}
