package dev.culvert.tunnel;

import dev.culvert.device.TapException;
import dev.culvert.ethernet.OuterDatagramGuard;
import dev.culvert.metrics.CounterId;
import dev.culvert.metrics.Counters;
import dev.culvert.metrics.CountersSnapshot;
import dev.culvert.peer.PeerPath;
import dev.culvert.session.Session;
import dev.culvert.time.MonotonicClock;
import dev.culvert.udp.LaneLoop;
import dev.culvert.udp.UdpReceiver;
import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One event loop that runs every frame of one TAP queue and one socket from read to write, both directions: no
 * hand-off. Lanes share sessions and the forwarding table, and nothing else. Everything here runs on the lane's loop
 * except the constructor.
 */
final class Lane implements UdpReceiver, AutoCloseable {
    private final LaneParts parts;
    private final MonotonicClock clock;
    private final Counters counters;
    private LaneLoop.@Nullable Watch watch;
    private boolean receiving;
    private long receivedNanos;
    private boolean paused;
    private boolean closed;

    Lane(LaneParts parts) {
        this.parts = parts;
        this.clock = parts.context().clock();
        this.counters = parts.context().counters();
    }

    /** What wakes this lane when its TAP has frames; paused while the socket is full. */
    void watchedBy(LaneLoop.Watch watch) {
        this.watch = watch;
    }

    void onTapReadable() {
        if (closed) {
            return;
        }
        if (!parts.transport().isWritable()) {
            pause(); // the kernel's queue now fills, which brakes the senders
            return;
        }
        try {
            parts.outbound().poll();
        } catch (TapException gone) {
            pause();
            parts.context().commands().failed(gone);
        }
    }

    private void pause() {
        if (watch != null && !paused) {
            paused = true;
            watch.pause();
        }
    }

    @Override
    public void onWritable() {
        if (watch != null && paused && !closed) {
            paused = false;
            watch.resume();
        }
    }

    @Override
    public void onDatagram(ByteBuf datagram, InetSocketAddress from) {
        if (closed) {
            return;
        }
        if (!receiving) { // all datagrams of a receive have come by now: one look at the clock is enough
            receiving = true;
            receivedNanos = clock.nanoTime();
        }
        parts.inbound().onDatagram(datagram, from, receivedNanos);
    }

    @Override
    public void onReceiveComplete() {
        receiving = false;
        if (!closed) {
            parts.forwarding().flushToDevice();
            parts.encapsulator().flush();
        }
    }

    @Override
    public void onSent(int count) {
        counters.add(CounterId.DATAGRAMS_SENT, count);
    }

    @Override
    public void onSendFailed(int count, boolean tooLarge) {
        counters.add(tooLarge ? CounterId.SEND_TOO_LARGE : CounterId.SEND_FAILED, count);
    }

    void sendHandshake(byte[] message, InetSocketAddress remote) {
        if (!closed) {
            parts.encapsulator().sendPlain(message, remote);
        }
    }

    void flush() {
        if (!closed) {
            parts.encapsulator().flush();
        }
    }

    void sendKeepalive(PeerPath path) {
        if (!closed) {
            parts.encapsulator().sendKeepalive(peer(path), clock.nanoTime());
            parts.encapsulator().flush();
        }
    }

    void sendControl(PeerPath path, Session session, byte[] message) {
        if (!closed) {
            parts.encapsulator().sendControl(peer(path), session, message, clock.nanoTime());
            parts.encapsulator().flush();
        }
    }

    /** When nothing was staged, the first lane sends a keepalive: the peer waits for a first message. */
    void flushStaged(PeerPath path) {
        if (closed) {
            return;
        }
        if (!peer(path).staged.isEmpty()) {
            parts.encapsulator().flushStaged(peer(path), clock.nanoTime());
            parts.encapsulator().flush();
        } else if (parts.context().isFirst()) {
            sendKeepalive(path);
        }
    }

    void dropStaged(PeerPath path) {
        parts.encapsulator().dropStaged(peer(path));
    }

    /** No lane uses them any more. Of the first lane, which counts the arrivals of live ones. */
    void closeSessions(PeerPath path, List<Session> sessions) {
        for (Session session : sessions) {
            peer(path).remember(session);
            session.close();
        }
    }

    void refuse(OuterDatagramGuard ownDatagrams) {
        parts.forwarding().refuse(ownDatagrams);
    }

    private LanePeer peer(PeerPath path) {
        return parts.peers().get(path.id());
    }

    /** Between two events, so nothing is half counted. What lanes share is told by the first. */
    LaneSnapshot snapshot() {
        boolean isFirst = parts.context().isFirst();
        parts.forwarding().forgetExpired(clock.nanoTime());
        List<LanePeer.Traffic> traffic = new ArrayList<>();
        List<List<String>> macs = new ArrayList<>();
        for (LanePeer peer : parts.peers()) {
            traffic.add(peer.traffic(isFirst ? parts.sessions().of(peer.path) : List.of()));
            macs.add(isFirst ? parts.forwarding().addressesBehind(peer) : List.of());
        }
        InetSocketAddress badMac1From = parts.inbound().lastBadMac1From();
        return new LaneSnapshot(
                List.of(new TunnelStatus.Lane(
                        counters.get(CounterId.TAP_FRAMES_READ), counters.get(CounterId.DATAGRAMS_RECEIVED))),
                CountersSnapshot.of(List.of(counters)),
                traffic,
                macs,
                parts.transport().heldDatagrams(),
                parts.forwarding().heldFragments(),
                badMac1From == null ? List.of() : List.of(badMac1From));
    }

    /** Stops reading and sending, and gives back every buffer. Device and sockets are closed by their owner afterwards. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (watch != null) {
            watch.close();
        }
        for (LanePeer peer : parts.peers()) {
            parts.encapsulator().release(peer);
        }
        parts.forwarding().close();
        parts.outbound().close();
    }
}
