package dev.culvert.session;

/**
 * The window of a session that several lanes receive on. Wider, because counters come out of order by as much as one of
 * the peer's lanes is held up between sealing and sending while the others go on. Thread safe; the lock is held for a few
 * instructions, and only contended when datagrams of one peer come in on two lanes.
 */
final class SharedReplayWindow extends ReplayWindow {
    /** 131,000 counters: a fifth of a second at the rate of a fast lane, in 16 KB a session. */
    private static final int WORDS = 2048;

    static final long WINDOW = windowOf(WORDS);

    SharedReplayWindow() {
        super(WORDS);
    }

    @Override
    synchronized boolean wouldAccept(long counter) {
        return super.wouldAccept(counter);
    }

    @Override
    synchronized boolean tryMark(long counter) {
        return super.tryMark(counter);
    }

    @Override
    synchronized long expected() {
        return super.expected();
    }

    @Override
    synchronized long accepted() {
        return super.accepted();
    }
}
