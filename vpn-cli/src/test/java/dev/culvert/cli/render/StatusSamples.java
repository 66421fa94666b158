package dev.culvert.cli.render;

import dev.culvert.tunnel.TunnelStatus;
import dev.culvert.tunnel.TunnelStatus.Cipher;
import dev.culvert.tunnel.TunnelStatus.Peer;
import dev.culvert.tunnel.TunnelStatus.PeerState;
import dev.culvert.tunnel.TunnelStatus.RefusedHandshake;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tunnels at one moment, as fixed as a photograph. */
public final class StatusSamples {
    public static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private static final Cipher CHACHA20 =
            new Cipher("chacha20-poly1305", "openssl", "the first of the configured engines to pass its self-test");
    private static final Cipher AES =
            new Cipher("aes-256-gcm", "sunjce", "ipsec-mb skipped: it is not there; sunjce: self-test passed");

    private StatusSamples() {}

    /** Everything there is to show. */
    public static TunnelStatus busy() {
        Map<String, Long> drops = new LinkedHashMap<>();
        drops.put("outbound_no_peer", 12L);
        drops.put("replayed", 1_234_567L);
        drops.put("of_a_later_version", 1L);
        return tunnel(
                "culvert0",
                "tap",
                List.of(new TunnelStatus.Lane(1_205_311, 1), new TunnelStatus.Lane(0, 970_001)),
                drops,
                List.of(new RefusedHandshake(
                        NOW.minusSeconds(192), "198.51.100.7:4444", "its public key is not configured")),
                List.of("UDP_SEND: 10 in, but 8 out + 1 dropped + 0 held"),
                List.of(established(), handshaking(), unreachable(), disabled()));
    }

    /** Nothing has happened yet. */
    public static TunnelStatus quiet(String name) {
        return tunnel(
                name, "tun", List.of(new TunnelStatus.Lane(0, 0)), Map.of(), List.of(), List.of(), List.of(idle()));
    }

    private static TunnelStatus tunnel(
            String name,
            String mode,
            List<TunnelStatus.Lane> lanes,
            Map<String, Long> drops,
            List<RefusedHandshake> refused,
            List<String> imbalances,
            List<Peer> peers) {
        return new TunnelStatus(
                name,
                mode,
                ProcessHandle.current().pid(),
                NOW.minusSeconds(93_784),
                "hSDwCYkwp1R0i33ctD73Wg2/Og0mOBr066SpjqqbTmo=",
                "[::]:51820",
                1420,
                mode.equals("tap") ? "02:00:5e:10:00:01" : "",
                lanes,
                "epoll (the native library is there)",
                "csum, tso4, tso6, ecn, no uso4 (the kernel refuses it)",
                List.of(CHACHA20, AES),
                7,
                drops,
                drops,
                refused,
                imbalances,
                peers);
    }

    private static Peer established() {
        return new Peer(
                "branch",
                "3p7bfXt9wbTTW2HC7OQ1Nz+DQ8hbeGdNrfx+FG+IK08=",
                PeerState.ESTABLISHED,
                "",
                Optional.of("192.0.2.7:51820"),
                Optional.of("branch.example.org:51820"),
                true,
                Optional.of(new Cipher("aes-256-gcm", "sunjce", "in hardware at both ends")),
                true,
                Optional.of(NOW.minusSeconds(72)),
                Optional.empty(),
                Optional.of(25L),
                1_300_234_567,
                1023,
                996,
                17,
                4,
                0.4,
                0,
                List.of(),
                List.of("02:00:5e:10:00:02", "02:00:5e:10:00:03"));
    }

    private static Peer handshaking() {
        return peer(
                "lisbon", PeerState.HANDSHAKING, "initiation 2 sent, no response yet", Optional.of("192.0.2.8:1"), 3);
    }

    private static Peer unreachable() {
        Peer peer = peer(
                "oslo",
                PeerState.UNREACHABLE,
                "no answer to 5 initiations: is UDP 51820 open there?",
                Optional.empty(),
                0);
        return new Peer(
                peer.name(),
                peer.publicKey(),
                peer.state(),
                peer.detail(),
                peer.remote(),
                Optional.of("oslo.example.org:51820"),
                peer.presharedKey(),
                peer.cipher(),
                peer.saidHello(),
                peer.lastHandshake(),
                Optional.of(NOW.minusSeconds(25)),
                Optional.of(1L),
                0,
                740,
                0,
                5,
                0,
                0,
                0,
                List.of(),
                List.of());
    }

    private static Peer disabled() {
        return peer("rome", PeerState.DISABLED, "", Optional.empty(), 0);
    }

    private static Peer idle() {
        return peer("phone", PeerState.IDLE, "it has not spoken yet", Optional.empty(), 0);
    }

    private static Peer peer(String name, PeerState state, String detail, Optional<String> remote, long staged) {
        return new Peer(
                name,
                "Pq8d8PZyUyKfCPxSN9nUPoLRXIQVjlXLxVbaOBf16iQ=",
                state,
                detail,
                remote,
                remote,
                false,
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                0,
                0,
                0,
                0,
                0,
                staged,
                state == PeerState.IDLE ? List.of("10.10.0.2/32", "fd00:8::/64") : List.of(),
                List.of());
    }
}
