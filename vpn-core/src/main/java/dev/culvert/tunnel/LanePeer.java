package dev.culvert.tunnel;

import dev.culvert.offload.Reassembly;
import dev.culvert.peer.PeerPath;
import dev.culvert.session.Session;
import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** What one lane keeps for one peer: the batch being filled, staged frames, and traffic. Confined to the lane. */
final class LanePeer {
    final PeerPath path;
    final Queue<ByteBuf> staged = new ArrayDeque<>();
    final ControlAllowance controlAllowance;

    /** Sealed datagrams of {@link #segmentBytes} waiting for the flush; null until the first. */
    @Nullable
    ByteBuf batch;

    /** Made with the first fragment that comes. */
    @Nullable
    Reassembly reassembly;

    int segmentBytes;
    boolean isDirty;

    long sentBytes;
    long sentDatagrams;
    long receivedBytes;
    long receivedDatagrams;
    private long expectedBefore;
    private long acceptedBefore;

    /** @param lanes over which the peer may spread what it sends */
    LanePeer(PeerPath path, int lanes) {
        this.path = path;
        this.controlAllowance = new ControlAllowance(lanes);
    }

    /** The longest payload of a transport message that reaches the peer in one piece. */
    int maxPayloadBytes() {
        return FrameSizes.maxPayloadBytes(path.pathMtu(), path.remote());
    }

    /** A session of this peer ends: its arrivals go on counting. */
    void remember(Session session) {
        Session.Arrivals arrivals = session.arrivals();
        expectedBefore += arrivals.expected();
        acceptedBefore += arrivals.accepted();
    }

    /** @param live the sessions whose arrivals are to be counted here: other lanes may receive on them, too */
    Traffic traffic(Iterable<Session> live) {
        long expected = expectedBefore;
        long accepted = acceptedBefore;
        for (Session session : live) {
            Session.Arrivals arrivals = session.arrivals();
            expected += arrivals.expected();
            accepted += arrivals.accepted();
        }
        return new Traffic(
                receivedBytes, receivedDatagrams, sentBytes, sentDatagrams, expected, accepted, staged.size());
    }

    /**
     * Traffic with a peer since the tunnel started, outer datagrams, handshakes excluded.
     *
     * @param expectedDatagrams counters the peer used, of which {@code acceptedDatagrams} arrived: the gap is loss
     */
    record Traffic(
            long receivedBytes,
            long receivedDatagrams,
            long sentBytes,
            long sentDatagrams,
            long expectedDatagrams,
            long acceptedDatagrams,
            int stagedFrames) {
        Traffic plus(Traffic other) {
            return new Traffic(
                    receivedBytes + other.receivedBytes,
                    receivedDatagrams + other.receivedDatagrams,
                    sentBytes + other.sentBytes,
                    sentDatagrams + other.sentDatagrams,
                    expectedDatagrams + other.expectedDatagrams,
                    acceptedDatagrams + other.acceptedDatagrams,
                    stagedFrames + other.stagedFrames);
        }
    }
}
