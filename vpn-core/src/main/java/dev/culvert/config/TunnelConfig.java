package dev.culvert.config;

import dev.culvert.crypto.CipherChoice;
import dev.culvert.crypto.PresharedKey;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** One tunnel: its device and socket, its cipher engines, its peers. Immutable but for {@link #close}. */
public record TunnelConfig(InterfaceConfig device, CryptoConfig crypto, List<PeerConfig> peers)
        implements AutoCloseable {
    public TunnelConfig {
        peers = List.copyOf(peers);
    }

    /** What frames to {@code peer} are to be sealed with. */
    public CipherChoice cipherFor(PeerConfig peer) {
        return peer.cipher().orElse(crypto.cipher());
    }

    /** The choices of all enabled peers. */
    public Set<CipherChoice> cipherChoices() {
        return peers.stream().filter(PeerConfig::enabled).map(this::cipherFor).collect(Collectors.toUnmodifiableSet());
    }

    /** Wipes the keys; nothing can be started from it afterwards. */
    @Override
    public void close() {
        device.privateKey().close();
        peers.forEach(peer -> peer.presharedKey().ifPresent(PresharedKey::close));
    }
}
