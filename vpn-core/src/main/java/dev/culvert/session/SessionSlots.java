package dev.culvert.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A peer's sessions: previous (still received on), current (sent on), next (made by us as responder, waiting for the
 * initiator's first message). Confined to the control loop. Sessions that leave are returned to the caller, who takes
 * them out of the table and has their lane close them.
 *
 * <p>The moves are those of the kernel's {@code add_new_keypair} and {@code wg_noise_received_with_keypair} (noise.c), but
 * for one: the kernel empties previous already when a next comes. After a simultaneous initiation the peer may still be
 * sending on what is previous here, so it stays until next is confirmed, which holds no more keys than the three slots.
 */
public final class SessionSlots {
    private @Nullable Session previous;
    private @Nullable Session current;
    private @Nullable Session next;

    public @Nullable Session current() {
        return current;
    }

    /** Puts in a session whose handshake we began: it is current at once. Returns the sessions that left. */
    public List<Session> addInitiated(Session session) {
        List<Session> left = new ArrayList<>();
        leave(previous, left);
        if (next == null) {
            previous = current;
        } else {
            // The peer may already be sending on the session it began: that one is worth more than our old one.
            leave(current, left);
            previous = next;
            next = null;
        }
        current = session;
        return left;
    }

    /** Puts in a session whose handshake the peer began: nothing is sent on it yet. Returns the sessions that left. */
    public List<Session> addResponded(Session session) {
        List<Session> left = new ArrayList<>();
        leave(next, left);
        next = session;
        return left;
    }

    /** The peer has sent on {@code session}. When that was next, it becomes current. Returns the sessions that left. */
    public List<Session> confirm(Session session) {
        List<Session> left = new ArrayList<>();
        if (Objects.equals(session, next)) {
            leave(previous, left);
            previous = current;
            current = next;
            next = null;
        }
        return left;
    }

    public boolean isNext(Session session) {
        return session.equals(next);
    }

    /** Whether {@code session} is in any slot. */
    public boolean holds(Session session) {
        return session.equals(previous) || session.equals(current) || session.equals(next);
    }

    /** Empties all slots and returns what was in them. */
    public List<Session> clear() {
        List<Session> left = new ArrayList<>();
        leave(previous, left);
        leave(current, left);
        leave(next, left);
        previous = null;
        current = null;
        next = null;
        return left;
    }

    private static void leave(@Nullable Session session, List<Session> left) {
        if (session != null) {
            left.add(session);
        }
    }
}
