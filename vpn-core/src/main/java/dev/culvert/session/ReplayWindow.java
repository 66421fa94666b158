package dev.culvert.session;

/**
 * Accepts each counter once, within a sliding window (RFC 6479, with a ring of 64-bit words). Counters are unsigned.
 * Confined to one lane, but for the {@link SharedReplayWindow}.
 */
class ReplayWindow {
    private static final int WORDS = 256;

    /** Counters that may arrive late: one word less than the ring, because the newest word is only partly used. */
    static final long WINDOW = windowOf(WORDS);

    private final long[] ring;
    private final int mask;
    private final long window;
    private long highest;
    private long accepted;

    /** @param words of the ring, 64 counters each; a power of two: the ring index is a mask */
    ReplayWindow(int words) {
        this.ring = new long[words];
        this.mask = words - 1;
        this.window = windowOf(words);
    }

    /** For a session that this many lanes receive on. */
    static ReplayWindow forLanes(int lanes) {
        return lanes == 1 ? new ReplayWindow(WORDS) : new SharedReplayWindow();
    }

    static long windowOf(int words) {
        return (words - 1) * (long) Long.SIZE;
    }

    /** Whether {@link #tryMark} would accept; costs nothing and changes nothing, so it may run before the tag is checked. */
    boolean wouldAccept(long counter) {
        if (Long.compareUnsigned(counter, highest) > 0) {
            return true;
        }
        return Long.compareUnsigned(highest - counter, window) <= 0 && (ring[slot(counter)] & bit(counter)) == 0;
    }

    /**
     * Marks a counter as seen. Only after its tag has verified: whoever could mark counters without a key could make us
     * drop the genuine datagrams that carry them.
     *
     * @return false when it was seen before or lies behind the window
     */
    boolean tryMark(long counter) {
        if (!wouldAccept(counter)) {
            return false;
        }
        if (Long.compareUnsigned(counter, highest) > 0) {
            clearBetween(highest, counter);
            highest = counter;
        }
        ring[slot(counter)] |= bit(counter);
        accepted++;
        return true;
    }

    private void clearBetween(long oldHighest, long newHighest) {
        long oldWord = oldHighest >>> 6;
        long words = Math.min((newHighest >>> 6) - oldWord, ring.length);
        for (long i = 1; i <= words; i++) {
            ring[(int) (oldWord + i) & mask] = 0;
        }
    }

    /** Counters the peer must have used by now, of which {@link #accepted} came. */
    long expected() {
        return accepted == 0 ? 0 : highest + 1;
    }

    long accepted() {
        return accepted;
    }

    private int slot(long counter) {
        return (int) (counter >>> 6) & mask;
    }

    private static long bit(long counter) {
        return 1L << counter; // the shift distance is taken modulo 64
    }
}
