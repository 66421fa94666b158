package dev.culvert.session;

import dev.culvert.crypto.Aead;
import java.util.List;

/**
 * One of the ciphers of a session, keyed for each lane: an {@link Aead} has memory of its own to work in, so lanes
 * cannot share one. Owned by the session.
 *
 * @param localIndex the index that datagrams to us carry when they are sealed with this cipher
 * @param lanes by number of the lane
 */
public record SessionCipher(int localIndex, List<Keyed> lanes) implements AutoCloseable {
    public SessionCipher {
        lanes = List.copyOf(lanes);
    }

    /** The same two keys as on the other lanes. Used by its lane. */
    public record Keyed(Aead sealer, Aead opener) implements AutoCloseable {
        @Override
        public void close() {
            sealer.close();
            opener.close();
        }
    }

    @Override
    public void close() {
        lanes.forEach(Keyed::close);
    }
}
