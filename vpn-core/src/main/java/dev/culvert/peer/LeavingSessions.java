package dev.culvert.peer;

import dev.culvert.session.Session;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Sessions that have left their slots and are received on a little longer, for the datagrams that are on their way. Two
 * ends that renew at the same moment would lose some each time otherwise: each then sends on what the other has just
 * replaced. Confined to the control loop.
 */
final class LeavingSessions {
    static final long LINGER_NANOS = Duration.ofSeconds(5).toNanos();
    /** As many as one handshake replaces; a peer that shakes hands without end does not make us hold more keys. */
    static final int MAX = 2;

    private record Leaving(Session session, long untilNanos) {}

    private final Deque<Leaving> leaving = new ArrayDeque<>();

    /** Returns those that make room, to be retired now. */
    List<Session> add(List<Session> left, long nowNanos) {
        left.forEach(session -> leaving.add(new Leaving(session, nowNanos + LINGER_NANOS)));
        List<Session> crowdedOut = new ArrayList<>();
        while (leaving.size() > MAX) {
            crowdedOut.add(leaving.remove().session);
        }
        return crowdedOut;
    }

    /** Returns those whose time has come, to be retired now. */
    List<Session> due(long nowNanos) {
        List<Session> due = new ArrayList<>();
        for (Leaving first = leaving.peek();
                first != null && first.untilNanos - nowNanos <= 0;
                first = leaving.peek()) {
            due.add(leaving.remove().session);
        }
        return due;
    }

    /** Returns all, to be retired now. */
    List<Session> clear() {
        List<Session> all = leaving.stream().map(Leaving::session).toList();
        leaving.clear();
        return all;
    }
}
