package dev.culvert.peer;

import dev.culvert.crypto.AeadEngine;
import dev.culvert.noise.TransportKeys;
import dev.culvert.session.Role;
import dev.culvert.session.Session;

/** Makes sessions of transport keys with the chosen AEAD engine. */
public final class SessionFactory {
    private final AeadEngine engine;

    public SessionFactory(AeadEngine engine) {
        this.engine = engine;
    }

    /** Takes ownership of {@code keys}: wiped on return. */
    Session create(Role role, TransportKeys keys, int localIndex, int remoteIndex, long nowNanos) {
        try (keys) {
            return new Session(
                    role, localIndex, remoteIndex, nowNanos, engine.keyed(keys.send()), engine.keyed(keys.receive()));
        }
    }
}
