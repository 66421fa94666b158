package dev.culvert.config;

import dev.culvert.crypto.CipherChoice;
import dev.culvert.crypto.PresharedKey;
import dev.culvert.crypto.PublicKey;
import dev.culvert.ethernet.IpPrefix;
import dev.culvert.ethernet.MacAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One peer.
 *
 * @param name unique in the tunnel; for people
 * @param remote where to reach it; without one, the peer must speak first
 * @param keepalive interval of persistent keepalives, positive
 * @param allowedMacs in tap mode: the only source addresses taken from it; empty for any
 * @param allowedIps in tun mode: what is routed to it, and the only sources taken from it
 * @param cipher what frames to it are sealed with; empty for what {@link CryptoConfig} says
 * @param enabled a disabled peer is refused and never spoken to
 */
public record PeerConfig(
        String name,
        PublicKey publicKey,
        Optional<PresharedKey> presharedKey,
        Optional<RemoteName> remote,
        Optional<Duration> keepalive,
        Set<MacAddress> allowedMacs,
        List<IpPrefix> allowedIps,
        Optional<CipherChoice> cipher,
        boolean enabled) {
    public PeerConfig {
        if (!keepalive.map(Duration::isPositive).orElse(true)) {
            throw new IllegalArgumentException("keepalive must be positive, not " + keepalive.orElseThrow());
        }
        allowedMacs = Set.copyOf(allowedMacs);
        allowedIps = List.copyOf(allowedIps);
    }
}
