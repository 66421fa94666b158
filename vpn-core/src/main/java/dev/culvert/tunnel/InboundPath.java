package dev.culvert.tunnel;

import dev.culvert.handshake.Mac1Check;
import dev.culvert.metrics.CounterId;
import dev.culvert.metrics.Counters;
import dev.culvert.peer.PeerPath;
import dev.culvert.session.Session;
import dev.culvert.session.SessionTable;
import dev.culvert.tunnel.TunnelCommands.HandshakeDatagram;
import dev.culvert.wire.InnerPayload;
import dev.culvert.wire.MessageClassifier;
import dev.culvert.wire.MessageType;
import dev.culvert.wire.TransportMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * UDP to TAP: sorts datagrams by type, opens transport messages in place and has their frames forwarded; handshake
 * messages with a valid mac1 go to the control loop. Whatever is not genuine ends as a counter: no answer, no exception,
 * no log line. Confined to its lane; borrows datagrams.
 */
final class InboundPath {
    private final SessionTable<PeerPath> sessions;
    private final List<LanePeer> peers;
    private final Mac1Check mac1Check;
    private final Forwarding forwarding;
    private final ControlIntake controlIntake;
    private final Encapsulator encapsulator;
    private final Counters counters;
    private final int lane;
    private final TunnelCommands commands;

    /** Who last sent a handshake message that was not made for our public key: a hint for status. */
    private @Nullable InetSocketAddress lastBadMac1From;

    InboundPath(
            SessionTable<PeerPath> sessions,
            List<LanePeer> peers,
            Mac1Check mac1Check,
            Forwarding forwarding,
            Encapsulator encapsulator,
            LaneContext context) {
        this.sessions = sessions;
        this.peers = peers;
        this.mac1Check = mac1Check;
        this.forwarding = forwarding;
        this.controlIntake = new ControlIntake(context.commands());
        this.encapsulator = encapsulator;
        this.counters = context.counters();
        this.lane = context.number();
        this.commands = context.commands();
    }

    void onDatagram(ByteBuf datagram, InetSocketAddress from, long nowNanos) {
        counters.increment(CounterId.DATAGRAMS_RECEIVED);
        if (from.getPort() == 0) { // RFC 768: "no port"; Linux delivers it, and nothing can be sent back there
            counters.increment(CounterId.DATAGRAM_MALFORMED);
            return;
        }
        MessageType type = MessageClassifier.classify(datagram);
        switch (type) {
            case TRANSPORT -> counters.increment(onTransport(datagram, from, nowNanos));
            case INITIATION, RESPONSE -> counters.increment(onHandshake(type, datagram, from));
            case COOKIE_REPLY ->
                counters.increment(handOver(type, datagram, from)); // carries no mac1: 64 bytes, then the queue
            case INVALID -> counters.increment(CounterId.DATAGRAM_MALFORMED);
        }
    }

    private CounterId onHandshake(MessageType type, ByteBuf datagram, InetSocketAddress from) {
        if (!mac1Check.isValid(datagram)) {
            lastBadMac1From = from;
            return CounterId.BAD_MAC1;
        }
        return handOver(type, datagram, from);
    }

    private CounterId handOver(MessageType type, ByteBuf datagram, InetSocketAddress from) {
        return commands.offerHandshake(new HandshakeDatagram(type, ByteBufUtil.getBytes(datagram), from))
                ? CounterId.HANDSHAKES_QUEUED
                : CounterId.HANDSHAKE_QUEUE_FULL;
    }

    private CounterId onTransport(ByteBuf datagram, InetSocketAddress from, long nowNanos) {
        SessionTable.Entry<PeerPath> entry =
                sessions.find(TransportMessage.receiverIndex(datagram, datagram.readerIndex()));
        if (entry == null) {
            return CounterId.UNKNOWN_INDEX;
        }
        Session session = entry.session();
        return switch (session.open(lane, datagram, nowNanos)) {
            case DROP_EXPIRED -> CounterId.SESSION_EXPIRED;
            case DROP_REPLAYED -> CounterId.REPLAYED;
            case DROP_UNAUTHENTIC -> CounterId.UNAUTHENTIC;
            case OPENED -> onOpened(peers.get(entry.owner().id()), session, datagram, from, nowNanos);
        };
    }

    private CounterId onOpened(
            LanePeer peer, Session session, ByteBuf datagram, InetSocketAddress from, long nowNanos) {
        peer.path.heardFrom(from);
        peer.receivedBytes += datagram.readableBytes();
        peer.receivedDatagrams++;
        if (session.tryConfirm()) {
            commands.sessionConfirmed(peer.path, session);
        }
        if (session.wantsRekeyOnReceive(nowNanos) && session.equals(peer.path.sendSession())) {
            encapsulator.wantHandshake(peer);
        }
        int length = Session.payloadBytes(datagram);
        if (length == 0) {
            peer.path.authenticatedReceived(nowNanos);
            return CounterId.KEEPALIVES_RECEIVED;
        }
        int index = datagram.readerIndex() + TransportMessage.HEADER_BYTES;
        if (InnerPayload.kindOf(datagram, index, length) == InnerPayload.Kind.CONTROL) {
            peer.path.authenticatedReceived(nowNanos); // no data: what wants an answer gets one of its own
            return controlIntake.take(peer, session, datagram, index, length, nowNanos);
        }
        peer.path.dataReceived(nowNanos);
        return forwarding.fromPeer(peer, datagram, index, length, nowNanos);
    }

    @Nullable
    InetSocketAddress lastBadMac1From() {
        return lastBadMac1From;
    }
}
