package dev.culvert.peer;

import dev.culvert.crypto.AeadEngine;
import dev.culvert.noise.TransportKeys;
import dev.culvert.session.Role;
import dev.culvert.session.Session;
import dev.culvert.session.SessionCipher;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;

/** Makes sessions of transport keys with the chosen AEAD engines, for all lanes. */
public final class SessionFactory {
    /** docs/protocol.md, "The second cipher". */
    private static final String SECOND_LABEL = "culvert aes-256-gcm 1";

    private final AeadEngine first;
    private final Optional<AeadEngine> second;
    private final int lanes;

    /** @param second when sessions are to offer AES-256-GCM */
    public SessionFactory(AeadEngine first, Optional<AeadEngine> second, int lanes) {
        this.first = first;
        this.second = second;
        this.lanes = lanes;
    }

    /**
     * Takes ownership of {@code keys}: wiped on return.
     *
     * @param indices unused ones, for a second cipher; {@code localIndex} may be among them
     */
    Session create(Role role, TransportKeys keys, int localIndex, int remoteIndex, IntSupplier indices, long nowNanos) {
        try (keys) {
            Optional<SessionCipher> offered = second.map(engine -> {
                try (TransportKeys derived = keys.derive(SECOND_LABEL)) {
                    return cipher(engine, derived, otherThan(localIndex, indices));
                }
            });
            return new Session(role, cipher(first, keys, localIndex), offered, remoteIndex, nowNanos);
        }
    }

    private static int otherThan(int localIndex, IntSupplier indices) {
        int index = indices.getAsInt();
        while (index == localIndex) { // not in the session table yet
            index = indices.getAsInt();
        }
        return index;
    }

    private SessionCipher cipher(AeadEngine engine, TransportKeys keys, int localIndex) {
        List<SessionCipher.Keyed> keyed = new ArrayList<>();
        for (int lane = 0; lane < lanes; lane++) {
            keyed.add(new SessionCipher.Keyed(engine.keyed(keys.send()), engine.keyed(keys.receive())));
        }
        return new SessionCipher(localIndex, keyed);
    }
}
