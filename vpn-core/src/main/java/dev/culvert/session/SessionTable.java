package dev.culvert.session;

import io.netty.util.collection.IntObjectHashMap;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Receiver index to session. Written by the control loop, a few times a handshake; read by lanes for every datagram, so
 * each change publishes a new immutable map.
 *
 * @param <P> whom a session belongs to
 */
public final class SessionTable<P> {
    /** A session and its owner. */
    public record Entry<P>(Session session, P owner) {}

    private volatile IntObjectHashMap<Entry<P>> entries = new IntObjectHashMap<>();

    public @Nullable Entry<P> find(int localIndex) {
        return entries.get(localIndex);
    }

    public void put(Session session, P owner) {
        IntObjectHashMap<Entry<P>> changed = copy();
        changed.put(session.localIndex(), new Entry<>(session, owner));
        entries = changed;
    }

    public void remove(Session session) {
        IntObjectHashMap<Entry<P>> changed = copy();
        changed.remove(session.localIndex());
        entries = changed;
    }

    public boolean contains(int localIndex) {
        return entries.containsKey(localIndex);
    }

    /** The sessions of one owner. */
    public List<Session> of(P owner) {
        List<Session> found = new ArrayList<>();
        for (Entry<P> entry : entries.values()) {
            if (entry.owner().equals(owner)) {
                found.add(entry.session());
            }
        }
        return found;
    }

    private IntObjectHashMap<Entry<P>> copy() {
        IntObjectHashMap<Entry<P>> copy = new IntObjectHashMap<>(entries.size() + 1);
        copy.putAll(entries);
        return copy;
    }
}
