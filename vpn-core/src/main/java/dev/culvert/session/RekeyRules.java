package dev.culvert.session;

import java.time.Duration;

/** The limits of a session and of a handshake: WireGuard white paper, section 6.1, table 2. */
public final class RekeyRules {
    /** The initiator makes a new session once this many messages were sealed. */
    static final long REKEY_AFTER_MESSAGES = 1L << 60;
    /** No message is sealed with this counter or a later one (2^64 - 2^13 - 1, unsigned). */
    static final long REJECT_AFTER_MESSAGES = -(1L << 13) - 1;

    /** The initiator makes a new session when it sends on one of this age. */
    public static final long REKEY_AFTER_NANOS = Duration.ofMinutes(2).toNanos();
    /** A session of this age carries no traffic in either direction. */
    public static final long REJECT_AFTER_NANOS = Duration.ofMinutes(3).toNanos();
    /** Handshakes of one streak are given up after this time. */
    public static final long REKEY_ATTEMPT_NANOS = Duration.ofSeconds(90).toNanos();
    /** An unanswered initiation is repeated after this time, plus jitter. */
    public static final long REKEY_TIMEOUT_NANOS = Duration.ofSeconds(5).toNanos();
    /** Section 6.1: up to a third of a second, so that two ends do not stay in step. */
    public static final long REKEY_JITTER_NANOS = Duration.ofMillis(333).toNanos();
    /** Data received and not answered by data is answered by a keepalive after this time. */
    public static final long KEEPALIVE_NANOS = Duration.ofSeconds(10).toNanos();
    /** Keys are wiped when no new session came for this time (section 6.3). */
    public static final long WIPE_AFTER_NANOS = 3 * REJECT_AFTER_NANOS;

    /** Section 6.2: the initiator that only receives renews early enough to answer before the session is rejected. */
    static final long REKEY_ON_RECEIVE_NANOS = REJECT_AFTER_NANOS - KEEPALIVE_NANOS - REKEY_TIMEOUT_NANOS;

    private RekeyRules() {}
}
