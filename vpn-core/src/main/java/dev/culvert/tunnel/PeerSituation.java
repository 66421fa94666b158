package dev.culvert.tunnel;

import dev.culvert.handshake.HandshakeVerdict;
import dev.culvert.peer.Peer;
import dev.culvert.tunnel.TunnelStatus.PeerState;
import java.time.Duration;

/**
 * What to tell the operator about a peer: its state and, in one sentence, why and what to do.
 */
record PeerSituation(PeerState state, String detail) {

    static PeerSituation of(Correspondence each, long nowNanos) {
        Peer peer = each.peer();
        if (peer.unanswered().isPresent()) {
            return unanswered(each, peer.unanswered().get(), nowNanos);
        }
        if (peer.isEstablished(nowNanos)) {
            return new PeerSituation(PeerState.ESTABLISHED, "encrypted session in use");
        }
        if (peer.path().remote() != null) {
            return new PeerSituation(PeerState.IDLE, "no session at the moment; the next frame makes one");
        }
        return each.config().remote().isPresent()
                ? new PeerSituation(PeerState.UNREACHABLE, each.finding().orElse("looking up its address"))
                : new PeerSituation(PeerState.IDLE, "waiting for the peer to speak first: it has no endpoint here");
    }

    private static PeerSituation unanswered(Correspondence each, Peer.Unanswered silence, long nowNanos) {
        if (silence.refusal().filter(HandshakeVerdict.UNAUTHENTIC::equals).isPresent()) {
            return new PeerSituation(
                    PeerState.UNREACHABLE,
                    "the peer answers, but its answer does not decrypt: the preshared keys of the two ends differ");
        }
        if (!each.isUnanswering(nowNanos)) {
            return each.peer().isEstablished(nowNanos)
                    ? new PeerSituation(PeerState.ESTABLISHED, "renewing the session")
                    : new PeerSituation(PeerState.HANDSHAKING, "initiation sent, no answer yet");
        }
        return new PeerSituation(
                PeerState.UNREACHABLE,
                "%d initiations unanswered in %d s: %s"
                        .formatted(
                                silence.attempts(),
                                Duration.ofNanos(nowNanos - silence.sinceNanos())
                                        .toSeconds(),
                                each.finding().orElse("finding out why")));
    }
}
