package dev.culvert.session;

import io.netty.util.collection.IntObjectHashMap;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Receiver index to session; one with a second cipher has two. Written by the control loop, a few times a handshake;
 * read by lanes for every datagram, so each change publishes a new immutable map.
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
        Entry<P> entry = new Entry<>(session, owner);
        changed.put(session.localIndex(), entry);
        session.secondIndex().ifPresent(index -> changed.put(index, entry));
        entries = changed;
    }

    public void remove(Session session) {
        IntObjectHashMap<Entry<P>> changed = copy();
        changed.remove(session.localIndex());
        session.secondIndex().ifPresent(changed::remove);
        entries = changed;
    }

    public boolean contains(int localIndex) {
        return entries.containsKey(localIndex);
    }

    /** The sessions of one owner, each once. */
    public Collection<Session> of(P owner) {
        Set<Session> found = new LinkedHashSet<>();
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
