package dev.culvert.cli.render;

import dev.culvert.metrics.CounterId;
import dev.culvert.tunnel.TunnelStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What {@code culvert status} prints of one tunnel. */
public final class StatusText {
    private static final Map<String, CounterId> COUNTERS = Arrays.stream(CounterId.values())
            .collect(Collectors.toUnmodifiableMap(CounterId::text, Function.identity()));

    private final Palette palette;
    private final Instant now;
    private final StringBuilder text = new StringBuilder();

    private StatusText(Palette palette, Instant now) {
        this.palette = palette;
        this.now = now;
    }

    /** Lines, each with its end. */
    public static String of(TunnelStatus status, Instant now, Palette palette) {
        StatusText writer = new StatusText(palette, now);
        writer.device(status);
        status.peers().forEach(writer::peer);
        writer.drops(status.drops());
        writer.refusedHandshakes(status.refusedHandshakes());
        writer.imbalances(status.imbalances());
        return writer.text.toString();
    }

    private void device(TunnelStatus status) {
        heading("interface", status.name());
        field("mode", status.mode());
        field(
                "up for",
                HumanText.duration(Duration.between(status.startedAt(), now)) + ", process " + status.processId());
        field("public key", status.publicKey());
        field("listening on", status.listenAddress());
        if (!status.hardwareAddress().isEmpty()) {
            field("hardware address", status.hardwareAddress());
        }
        field("mtu", Integer.toString(status.mtu()));
        status.ciphers().forEach(this::cipher);
        field(
                "io",
                "%s, %s"
                        .formatted(
                                status.ioBackend(),
                                HumanText.count(status.lanes().size(), "lane")));
        lanes(status.lanes());
        field("offloads", status.offloads());
        if (status.mode().equals("tap")) {
            field("addresses learned", HumanText.number(status.macsLearned()));
        }
    }

    /** How the work is spread, where there is something to spread. */
    private void lanes(List<TunnelStatus.Lane> lanes) {
        for (int number = 0; lanes.size() > 1 && number < lanes.size(); number++) {
            TunnelStatus.Lane lane = lanes.get(number);
            field(
                    "lane " + number,
                    "%s read, %s received"
                            .formatted(
                                    HumanText.count(lane.framesRead(), "frame"),
                                    HumanText.count(lane.datagramsReceived(), "datagram")));
        }
    }

    private void cipher(TunnelStatus.Cipher cipher) {
        field("cipher", cipher.text() + " " + because(cipher.reason()));
    }

    private String because(String reason) {
        return reason.isEmpty() ? "" : palette.faint("(" + reason + ")");
    }

    private void peer(TunnelStatus.Peer peer) {
        text.append('\n');
        heading("peer", peer.name());
        field("state", state(peer));
        field("public key", peer.publicKey() + (peer.presharedKey() ? palette.faint(" (and a preshared key)") : ""));
        remote(peer);
        peer.cipher().ifPresent(this::cipher);
        field(
                "last handshake",
                peer.lastHandshake().map(at -> HumanText.ago(at, now)).orElse("none yet"));
        peer.unansweredSince()
                .ifPresent(since -> field("unanswered", "for " + HumanText.duration(Duration.between(since, now))));
        field(
                "transfer",
                "%s received, %s sent"
                        .formatted(HumanText.bytes(peer.receivedBytes()), HumanText.bytes(peer.sentBytes())));
        field("loss", loss(peer));
        peer.keepaliveSeconds().ifPresent(every -> field("keepalive", "every " + HumanText.count(every, "second")));
        if (peer.stagedFrames() > 0) {
            field("waiting for a session", HumanText.count(peer.stagedFrames(), "frame"));
        }
        list("allowed ips", peer.allowedIps());
        list("macs", peer.macs());
    }

    private String state(TunnelStatus.Peer peer) {
        String word = peer.state().name().toLowerCase(Locale.ROOT);
        String shown = switch (peer.state()) {
            case ESTABLISHED -> palette.good(word);
            case HANDSHAKING -> palette.busy(word);
            case UNREACHABLE -> palette.bad(word);
            case IDLE, DISABLED -> palette.faint(word);
        };
        return peer.detail().isEmpty() ? shown : shown + ": " + peer.detail();
    }

    private void remote(TunnelStatus.Peer peer) {
        Optional<String> configured =
                peer.configuredRemote().filter(name -> !peer.remote().equals(Optional.of(name)));
        if (peer.remote().isPresent()) {
            String from = configured
                    .map(name -> palette.faint(" (configured: " + name + ")"))
                    .orElse("");
            field("endpoint", peer.remote().get() + from);
        } else if (peer.state() != TunnelStatus.PeerState.DISABLED) {
            field(
                    "endpoint",
                    configured.map(name -> name + " (not resolved yet)").orElse("unknown: the peer must speak first"));
        }
    }

    private String loss(TunnelStatus.Peer peer) {
        String share = String.format(Locale.ROOT, "%.2f %%", peer.lossPercent());
        String shown = "%s (%s of %s never arrived)"
                .formatted(
                        share,
                        HumanText.number(peer.lostDatagrams()),
                        HumanText.count(peer.lostDatagrams() + peer.receivedDatagrams(), "datagram"));
        return peer.lostDatagrams() == 0 ? "none seen" : palette.busy(shown);
    }

    private void drops(Map<String, Long> drops) {
        if (drops.isEmpty()) {
            return;
        }
        section("dropped");
        drops.forEach((name, count) -> {
            String sentence = Optional.ofNullable(COUNTERS.get(name))
                    .map(id -> ": " + id.description())
                    .orElse("");
            line("%s %s%s".formatted(HumanText.number(count), palette.strong(name), sentence));
        });
    }

    private void refusedHandshakes(List<TunnelStatus.RefusedHandshake> refused) {
        if (refused.isEmpty()) {
            return;
        }
        section("handshakes refused");
        refused.forEach(each ->
                line("%s, from %s: %s".formatted(HumanText.ago(each.at(), now), each.from(), each.reason())));
    }

    private void imbalances(List<String> imbalances) {
        if (imbalances.isEmpty()) {
            return;
        }
        section("lost count (frames in flight, or a defect of Culvert)");
        imbalances.forEach(this::line);
    }

    private void heading(String kind, String name) {
        text.append(palette.strong(kind + ": " + name)).append('\n');
    }

    private void section(String title) {
        text.append('\n').append(palette.strong(title)).append('\n');
    }

    private void list(String label, List<String> values) {
        if (!values.isEmpty()) {
            field(label, String.join(", ", values));
        }
    }

    private void field(String label, String value) {
        line(label + ": " + value);
    }

    private void line(String line) {
        text.append("  ").append(line.stripTrailing()).append('\n');
    }
}
