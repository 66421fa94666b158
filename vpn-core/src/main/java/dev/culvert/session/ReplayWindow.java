package dev.culvert.session;

/**
 * Accepts each counter once, within a sliding window (RFC 6479, with a ring of 64-bit words). Counters are unsigned.
 * Confined to one lane, but for the {@link SharedReplayWindow}.
 */
class ReplayWindow {
    /**
     * A power of two: the ring index is a mask. 16 KB a session, because the peer may have several lanes: one of them may
     * be held up between sealing and sending while the others go on, for a fifth of a second at the rate of a fast lane.
     */
    private static final int WORDS = 2048;

    /** Counters that may arrive late: one word less than the ring, because the newest word is only partly used. */
    static final long WINDOW = (WORDS - 1) * (long) Long.SIZE;

    private final long[] ring = new long[WORDS];
    private long highest;
    private long accepted;

    /** For a session that this many lanes of ours receive on. */
    static ReplayWindow forLanes(int lanes) {
        return lanes == 1 ? new ReplayWindow() : new SharedReplayWindow();
    }

    /** Whether {@link #tryMark} would accept; costs little and changes nothing, so it may run before the tag is checked. */
    boolean wouldAccept(long counter) {
        if (Long.compareUnsigned(counter, highest) > 0) {
            return true;
        }
        return Long.compareUnsigned(highest - counter, WINDOW) <= 0 && (ring[slot(counter)] & bit(counter)) == 0;
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
        long words = Math.min((newHighest >>> 6) - oldWord, WORDS);
        for (long i = 1; i <= words; i++) {
            ring[(int) (oldWord + i) & (WORDS - 1)] = 0;
        }
    }

    /** Counters the peer must have used by now, and how many of them came. */
    Session.Arrivals arrivals() {
        return new Session.Arrivals(accepted == 0 ? 0 : highest + 1, accepted);
    }

    private static int slot(long counter) {
        return (int) (counter >>> 6) & (WORDS - 1);
    }

    private static long bit(long counter) {
        return 1L << counter; // the shift distance is taken modulo 64
    }
}
