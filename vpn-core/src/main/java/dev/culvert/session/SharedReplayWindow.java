package dev.culvert.session;

/**
 * The window of a session that several lanes receive on. Thread safe; the lock is held for a few instructions, and only
 * contended when datagrams of one peer come in on two lanes.
 */
final class SharedReplayWindow extends ReplayWindow {
    @Override
    synchronized boolean wouldAccept(long counter) {
        return super.wouldAccept(counter);
    }

    @Override
    synchronized boolean tryMark(long counter) {
        return super.tryMark(counter);
    }

    @Override
    synchronized Session.Arrivals arrivals() {
        return super.arrivals();
    }
}
