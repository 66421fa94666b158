package dev.culvert.tunnel;

import dev.culvert.metrics.CounterId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A tunnel at one moment, for people and for JSON. Immutable; text and numbers only, no secrets.
 *
 * @param mode "tap" or "tun"
 * @param listenAddress host:port the socket is bound to
 * @param lanes what each has carried, by number
 * @param ioBackend "epoll" or "nio", and why
 * @param offloads what the kernel leaves to us on frames of the device, and what it refused to, and why
 * @param ciphers that frames may be sealed with: first the one that every session begins with
 * @param counters every counter by its name, the drops among them
 * @param drops only the drops that happened: reason to count
 * @param refusedHandshakes the last handshakes refused, newest first, at most a handful
 * @param imbalances stages that lost count of something; empty in a sound tunnel
 */
public record TunnelStatus(
        String name,
        String mode,
        long processId,
        Instant startedAt,
        String publicKey,
        String listenAddress,
        int mtu,
        String hardwareAddress,
        List<Lane> lanes,
        String ioBackend,
        String offloads,
        List<Cipher> ciphers,
        int macsLearned,
        Map<String, Long> counters,
        Map<String, Long> drops,
        List<RefusedHandshake> refusedHandshakes,
        List<String> imbalances,
        List<Peer> peers) {

    /** One of {@link #counters}; 0 where it is missing, as in the status of an older version. */
    public long counter(CounterId id) {
        return counters.getOrDefault(id.text(), 0L);
    }

    /** What frames are sealed with: to the first peer that is connected, for want of one what a session begins with. */
    public Cipher cipherInUse() {
        return peers.stream()
                .flatMap(peer -> peer.cipher().stream())
                .findFirst()
                .orElseGet(ciphers::getFirst);
    }

    /**
     * One event loop since the tunnel started. The kernel chooses the lane of a flow and that of a peer's datagrams.
     *
     * @param framesRead from its queue of the device
     * @param datagramsReceived by its socket
     */
    public record Lane(long framesRead, long datagramsReceived) {}

    /**
     * A cipher and what serves it.
     *
     * @param engine "none" when this machine has no engine for it
     * @param reason why this engine; of a peer: why this cipher
     */
    public record Cipher(String name, String engine, String reason) {
        /** {@code aes-256-gcm by openssl}. */
        public String text() {
            return name + " by " + engine;
        }
    }

    /** What the relation to a peer is at the moment; the sentence that goes with it stands in {@link Peer#detail}. */
    public enum PeerState {
        DISABLED,
        /** No traffic wanted yet, or the peer has no address and has not spoken. */
        IDLE,
        HANDSHAKING,
        ESTABLISHED,
        /** Handshakes stay unanswered; {@link Peer#detail} says since when and what is known of the reason. */
        UNREACHABLE
    }

    /**
     * One peer.
     *
     * @param remote its current UDP address
     * @param configuredRemote its address as configured
     * @param detail one sentence: why the state is what it is, and the remedy
     * @param cipher what is sealed with for it; empty without a session
     * @param saidHello in this session, as a Culvert does: {@code cipher} is what both ends have come to
     * @param lossPercent of the counters the peer used in this and earlier sessions, how many never arrived
     */
    public record Peer(
            String name,
            String publicKey,
            PeerState state,
            String detail,
            Optional<String> remote,
            Optional<String> configuredRemote,
            boolean presharedKey,
            Optional<Cipher> cipher,
            boolean saidHello,
            Optional<Instant> lastHandshake,
            Optional<Instant> unansweredSince,
            Optional<Long> keepaliveSeconds,
            long receivedBytes,
            long sentBytes,
            long receivedDatagrams,
            long sentDatagrams,
            long lostDatagrams,
            double lossPercent,
            long stagedFrames,
            List<String> allowedIps,
            List<String> macs) {}

    /** A handshake that was refused, and what the operator can learn from it. */
    public record RefusedHandshake(Instant at, String from, String reason) {}
}
