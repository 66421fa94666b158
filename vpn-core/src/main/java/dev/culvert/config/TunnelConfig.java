package dev.culvert.config;

import dev.culvert.crypto.PresharedKey;
import java.util.List;

/** One tunnel: its device and socket, its cipher engines, its peers. Immutable but for {@link #close}. */
public record TunnelConfig(InterfaceConfig device, CryptoConfig crypto, List<PeerConfig> peers)
        implements AutoCloseable {
    public TunnelConfig {
        peers = List.copyOf(peers);
    }

    /** Wipes the keys; nothing can be started from it afterwards. */
    @Override
    public void close() {
        device.privateKey().close();
        peers.forEach(peer -> peer.presharedKey().ifPresent(PresharedKey::close));
    }
}
