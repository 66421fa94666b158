package dev.culvert.tunnel;

import dev.culvert.config.PeerConfig;
import dev.culvert.peer.Peer;
import dev.culvert.peer.PeerPath;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A peer as configured and as it is, and what was found out about its silence. Confined to the control loop; looks
 * addresses up and probes paths through {@link Surroundings}, which answer later.
 */
final class Correspondence {
    /** Long enough for two initiations and an answer to the second: until then it may be one lost datagram. */
    private static final long UNANSWERING_AFTER_NANOS = Duration.ofSeconds(8).toNanos();

    private static final long PROBE_EVERY_NANOS = Duration.ofSeconds(15).toNanos();
    private static final long MEASURE_EVERY_NANOS = Duration.ofSeconds(3).toNanos();

    private final PeerConfig config;
    private final Peer peer;
    private final Surroundings surroundings;
    private long lastProbeNanos;
    private boolean probed;
    private @Nullable InetSocketAddress measuredRemote;
    private long lastMeasuredNanos;
    private Optional<String> finding = Optional.empty();
    private Optional<InetSocketAddress> lastResolved = Optional.empty();

    Correspondence(PeerConfig config, Peer peer, Surroundings surroundings) {
        this.config = config;
        this.peer = peer;
        this.surroundings = surroundings;
    }

    PeerConfig config() {
        return config;
    }

    Peer peer() {
        return peer;
    }

    PeerPath path() {
        return peer.path();
    }

    void lookUp(long nowNanos) {
        config.remote().ifPresent(name -> surroundings.lookUp(peer.path(), name));
        lastProbeNanos = nowNanos;
    }

    /** While initiations stay unanswered, or cannot be sent for want of an address: asks anew where the peer is, and what answers there. */
    void diagnose(long nowNanos) {
        if (!isUnanswering(nowNanos) && !isUnresolved()) {
            finding = Optional.empty();
            probed = false;
        } else if (!probed || nowNanos - lastProbeNanos >= PROBE_EVERY_NANOS) {
            probed = true;
            lookUp(nowNanos);
            InetSocketAddress remote = peer.path().remote();
            if (remote != null) {
                surroundings.probe(peer.path(), remote);
            }
        }
    }

    /** Asks what the way to the peer carries: at once when it has moved, else now and then, for routers may have spoken. */
    void measurePath(long nowNanos) {
        InetSocketAddress remote = peer.path().remote();
        boolean moved = !Objects.equals(remote, measuredRemote);
        if (remote != null && (moved || nowNanos - lastMeasuredNanos >= MEASURE_EVERY_NANOS)) {
            measuredRemote = remote;
            lastMeasuredNanos = nowNanos;
            surroundings.pathMtu(remote).ifPresent(peer.path()::measured);
        }
    }

    boolean isUnanswering(long nowNanos) {
        return peer.unanswered()
                .filter(unanswered -> nowNanos - unanswered.sinceNanos() >= UNANSWERING_AFTER_NANOS)
                .isPresent();
    }

    private boolean isUnresolved() {
        return config.remote().isPresent() && peer.path().remote() == null;
    }

    /** False when the name still means what it meant: an address learned since from the peer itself is worth more. */
    boolean tryResolve(InetSocketAddress remote) {
        boolean isNew = lastResolved.filter(remote::equals).isEmpty();
        lastResolved = Optional.of(remote);
        return isNew;
    }

    void found(String what) {
        finding = Optional.of(what);
    }

    Optional<String> finding() {
        return finding;
    }
}
