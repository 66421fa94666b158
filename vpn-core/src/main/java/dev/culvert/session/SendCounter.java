package dev.culvert.session;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Hands out each counter once and none past the limit: no nonce is ever used twice. Thread safe. Lanes draw one at a time:
 * what a lane drew ahead and never used would look like loss to the peer.
 */
final class SendCounter {
    /** There are no counters left. */
    static final long EXHAUSTED = -1;

    private final AtomicLong next;

    SendCounter(long first) {
        next = new AtomicLong(first);
    }

    long take() {
        long counter = next.getAndIncrement();
        if (Long.compareUnsigned(counter, RekeyRules.REJECT_AFTER_MESSAGES) < 0) {
            return counter;
        }
        next.getAndDecrement(); // stays at the limit, however often it is asked; never wraps around
        return EXHAUSTED;
    }

    long used() {
        return next.get();
    }
}
