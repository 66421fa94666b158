package dev.culvert.tunnel;

import dev.culvert.config.PeerConfig;
import dev.culvert.config.RemoteName;
import dev.culvert.crypto.ChosenEngine;
import dev.culvert.crypto.CipherEngines;
import dev.culvert.crypto.CipherSuite;
import dev.culvert.device.GrantedOffloads;
import dev.culvert.device.TapMode;
import dev.culvert.ethernet.AddressText;
import dev.culvert.metrics.CounterId;
import dev.culvert.metrics.Counters;
import dev.culvert.metrics.CountersSnapshot;
import dev.culvert.metrics.Stage;
import dev.culvert.peer.CipherDecision;
import dev.culvert.peer.Peer;
import dev.culvert.tunnel.TunnelStatus.PeerState;
import dev.culvert.tunnel.TunnelStatus.RefusedHandshake;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts a {@link TunnelStatus} together. Confined to the control loop. */
final class StatusReport {
    private static final int REFUSED_KEPT = 8;
    private static final String NO_HELLO = "the peer has not said hello: it is a WireGuard, or an older Culvert";

    private final TunnelFacts facts;
    private final Roster roster;
    private final Counters controlCounters;
    private final String publicKey;
    private final Deque<RefusedHandshake> refused = new ArrayDeque<>();

    StatusReport(ControlParts parts, Roster roster) {
        this.facts = parts.facts();
        this.roster = roster;
        this.controlCounters = parts.counters();
        this.publicKey = parts.identity().publicKey().toBase64();
    }

    /** Remembers a refusal, once for each sender and reason: a flood leaves one line, not eight. */
    void refused(Instant at, InetSocketAddress from, String reason) {
        RefusedHandshake latest = new RefusedHandshake(at, AddressText.of(from), reason);
        refused.removeIf(old -> old.from().equals(latest.from()) && old.reason().equals(latest.reason()));
        refused.addFirst(latest);
        if (refused.size() > REFUSED_KEPT) {
            refused.removeLast();
        }
    }

    TunnelStatus of(LaneSnapshot lanes, Instant now, long nowNanos) {
        lanes.lastBadMac1From().forEach(from -> refused(now, from, CounterId.BAD_MAC1.description()));
        CountersSnapshot counters = lanes.counters().plus(CountersSnapshot.of(List.of(controlCounters)));
        long staged = lanes.traffic().stream()
                .mapToLong(LanePeer.Traffic::stagedFrames)
                .sum();
        Map<Stage, Long> held = Map.of(
                Stage.ENCAPSULATE, staged,
                Stage.UDP_SEND, lanes.heldDatagrams(),
                Stage.REASSEMBLE, lanes.heldFragments());
        return new TunnelStatus(
                facts.config().device().name(),
                facts.config().device().mode().text(),
                ProcessHandle.current().pid(),
                facts.startedAt(),
                publicKey,
                AddressText.of(facts.listen()),
                facts.mtu(),
                facts.hardwareAddress(),
                lanes.lanes(),
                facts.ioBackend(),
                offloads(),
                ciphers(facts.engines()),
                lanes.macs().stream().mapToInt(List::size).sum(),
                counters.byName(),
                dropsByName(counters),
                List.copyOf(refused),
                counters.imbalances(held),
                peers(lanes, now, nowNanos));
    }

    /** {@code csum, tso4}, and what was refused; or why there are none. */
    private String offloads() {
        GrantedOffloads offloads = facts.offloads();
        if (!offloads.hasHeader()) {
            return facts.config().device().mode() == TapMode.TAP
                    ? "off: tap = false in [interface.offload]"
                    : "none: mode is tun";
        }
        List<String> words = new ArrayList<>();
        offloads.granted().forEach(each -> words.add(each.text()));
        offloads.refused().forEach((each, why) -> words.add("no " + each.text() + " (" + why + ")"));
        return String.join(", ", words);
    }

    /** Both, the one that sessions begin with first. */
    static List<TunnelStatus.Cipher> ciphers(CipherEngines engines) {
        return List.of(
                cipher(engines.first()),
                engines.second()
                        .map(StatusReport::cipher)
                        .orElseGet(() -> new TunnelStatus.Cipher(
                                CipherSuite.AES_256_GCM.text(), "none", engines.withoutSecond())));
    }

    private static TunnelStatus.Cipher cipher(ChosenEngine chosen) {
        return new TunnelStatus.Cipher(
                chosen.engine().suite().text(), chosen.engine().name(), chosen.reason());
    }

    private static Map<String, Long> dropsByName(CountersSnapshot counters) {
        Map<String, Long> named = new LinkedHashMap<>();
        counters.drops().forEach((id, count) -> named.put(id.text(), count));
        return named;
    }

    private List<TunnelStatus.Peer> peers(LaneSnapshot lanes, Instant now, long nowNanos) {
        List<TunnelStatus.Peer> peers = new ArrayList<>();
        for (Correspondence each : roster.enabled()) {
            peers.add(peer(each, lanes, now, nowNanos));
        }
        for (PeerConfig each : roster.disabled()) {
            peers.add(disabled(each));
        }
        return peers;
    }

    private Optional<TunnelStatus.Cipher> cipherFor(Peer peer, long nowNanos) {
        if (!peer.isEstablished(nowNanos)) {
            return Optional.empty();
        }
        TunnelStatus.Cipher inUse = ciphers(facts.engines()).get(peer.sealsWithSecond() ? 1 : 0);
        String reason = peer.cipherDecision().map(CipherDecision::reason).orElse(NO_HELLO);
        return Optional.of(new TunnelStatus.Cipher(inUse.name(), inUse.engine(), reason));
    }

    private TunnelStatus.Peer peer(Correspondence each, LaneSnapshot lanes, Instant now, long nowNanos) {
        Peer peer = each.peer();
        PeerConfig config = each.config();
        LanePeer.Traffic traffic = lanes.traffic().get(peer.path().id());
        PeerSituation situation = PeerSituation.of(each, nowNanos);
        long lost = Math.max(0, traffic.expectedDatagrams() - traffic.acceptedDatagrams());
        return new TunnelStatus.Peer(
                config.name(),
                config.publicKey().toBase64(),
                situation.state(),
                situation.detail(),
                Optional.ofNullable(peer.path().remote()).map(AddressText::of),
                config.remote().map(RemoteName::toString),
                config.presharedKey().isPresent(),
                cipherFor(peer, nowNanos),
                peer.cipherDecision().isPresent(),
                peer.lastHandshake(),
                peer.unanswered().map(silence -> now.minus(Duration.ofNanos(nowNanos - silence.sinceNanos()))),
                config.keepalive().map(Duration::toSeconds),
                traffic.receivedBytes(),
                traffic.sentBytes(),
                traffic.receivedDatagrams(),
                traffic.sentDatagrams(),
                lost,
                traffic.expectedDatagrams() == 0 ? 0 : 100.0 * lost / traffic.expectedDatagrams(),
                traffic.stagedFrames(),
                config.allowedIps().stream().map(Object::toString).toList(),
                lanes.macs().get(peer.path().id()));
    }

    private static TunnelStatus.Peer disabled(PeerConfig config) {
        return new TunnelStatus.Peer(
                config.name(),
                config.publicKey().toBase64(),
                PeerState.DISABLED,
                "enabled = false in the configuration",
                Optional.empty(),
                config.remote().map(RemoteName::toString),
                config.presharedKey().isPresent(),
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.empty(),
                config.keepalive().map(Duration::toSeconds),
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                config.allowedIps().stream().map(Object::toString).toList(),
                List.of());
    }
}
