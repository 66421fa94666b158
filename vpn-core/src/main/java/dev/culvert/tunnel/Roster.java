package dev.culvert.tunnel;

import dev.culvert.config.PeerConfig;
import dev.culvert.crypto.PublicKey;
import dev.culvert.peer.PeerActions;
import dev.culvert.peer.PeerPath;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The peers of a tunnel, by their several names. Confined to the control loop. */
final class Roster {
    private final Map<PublicKey, Correspondence> byKey = new HashMap<>();
    private final List<Correspondence> enabled;
    private final List<PeerConfig> disabled;

    /** Makes the roster of peers that act through {@code actions}. */
    @FunctionalInterface
    interface Maker {
        Roster make(PeerActions actions);
    }

    /**
     * @param enabled in the order of their path ids
     */
    Roster(List<Correspondence> enabled, List<PeerConfig> disabled) {
        this.enabled = List.copyOf(enabled);
        this.disabled = List.copyOf(disabled);
        for (Correspondence each : enabled) {
            byKey.put(each.config().publicKey(), each);
        }
    }

    List<Correspondence> enabled() {
        return enabled;
    }

    List<PeerConfig> disabled() {
        return disabled;
    }

    boolean isDisabled(PublicKey key) {
        return disabled.stream().anyMatch(peer -> peer.publicKey().equals(key));
    }

    @Nullable
    Correspondence byKey(PublicKey key) {
        return byKey.get(key);
    }

    Correspondence of(PeerPath path) {
        return enabled.get(path.id());
    }

    @Nullable
    Correspondence awaitingResponseTo(int index) {
        for (Correspondence each : enabled) {
            if (each.peer().awaitsResponseTo(index)) {
                return each;
            }
        }
        return null;
    }
}
