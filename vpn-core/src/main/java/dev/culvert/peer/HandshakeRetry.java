package dev.culvert.peer;

import dev.culvert.session.RekeyRules;

/**
 * When to repeat an unanswered initiation, when to give up, and how long this has been going on. A streak begins with
 * the first unanswered initiation and ends with an answer.
 */
final class HandshakeRetry {
    /** After giving up, an initiation is still sent this often: the peer may come back while nobody talks to it. */
    static final long SLOW_RETRY_NANOS = 15_000_000_000L;

    enum Decision {
        WAIT,
        SEND_AGAIN,
        /** The attempts of 90 s are over: staged frames are given up; initiations go on, slowly. */
        GIVE_UP
    }

    private boolean awaiting;
    private boolean givenUp;
    private boolean sentAny;
    private int attempts;
    private long streakSinceNanos;
    private long cycleSinceNanos;
    private long lastSentNanos;
    private long resendAtNanos;

    /** An initiation is being sent now. */
    void sent(long nowNanos, long jitterNanos) {
        if (!awaiting) {
            awaiting = true;
            givenUp = false;
            attempts = 0;
            streakSinceNanos = nowNanos;
            cycleSinceNanos = nowNanos;
        }
        attempts++;
        noteSent(nowNanos);
        resendAtNanos = nowNanos + (givenUp ? SLOW_RETRY_NANOS : RekeyRules.REKEY_TIMEOUT_NANOS) + jitterNanos;
    }

    /**
     * A response is being sent now. Until the peer has had time to use the session, asking for another would only make
     * the two ends change roles (the kernel's send.c notes responses too).
     */
    void responded(long nowNanos) {
        noteSent(nowNanos);
    }

    private void noteSent(long nowNanos) {
        sentAny = true;
        lastSentNanos = nowNanos;
    }

    /** A sign of life that is no answer yet: the peer has not been silent since the streak began, but since now. */
    void heard(long nowNanos) {
        streakSinceNanos = nowNanos;
    }

    void answered() {
        awaiting = false;
    }

    /** Someone wants to send: a streak that was given up goes back to full speed. */
    void wanted(long nowNanos) {
        if (givenUp) {
            givenUp = false;
            cycleSinceNanos = nowNanos;
        }
    }

    Decision onTick(long nowNanos) {
        if (!awaiting || resendAtNanos - nowNanos > 0) {
            return Decision.WAIT;
        }
        if (!givenUp && nowNanos - cycleSinceNanos >= RekeyRules.REKEY_ATTEMPT_NANOS) {
            givenUp = true;
            resendAtNanos = nowNanos + SLOW_RETRY_NANOS;
            return Decision.GIVE_UP;
        }
        return Decision.SEND_AGAIN;
    }

    /** White paper, section 6.1: never two handshakes within the rekey timeout. */
    boolean maySend(long nowNanos) {
        return !sentAny || nowNanos - lastSentNanos >= RekeyRules.REKEY_TIMEOUT_NANOS;
    }

    boolean isAwaiting() {
        return awaiting;
    }

    /** Unanswered initiations so far. */
    int attempts() {
        return awaiting ? attempts : 0;
    }

    /** When the first unanswered initiation was sent, or the peer was last heard since; meaningful while {@link #isAwaiting}. */
    long streakSinceNanos() {
        return streakSinceNanos;
    }
}
