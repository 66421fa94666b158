package dev.culvert.config;

import java.util.List;

/** One tunnel: its device and socket, its cipher engines, its peers. Immutable. */
public record TunnelConfig(InterfaceConfig device, CryptoConfig crypto, List<PeerConfig> peers) {
    public TunnelConfig {
        peers = List.copyOf(peers);
    }
}
