package dev.culvert.tunnel;

import dev.culvert.metrics.CounterId;
import dev.culvert.metrics.Counters;
import dev.culvert.offload.FragmentCutter;
import dev.culvert.offload.PartialChecksum;
import dev.culvert.session.Session;
import dev.culvert.udp.UdpTransport;
import dev.culvert.wire.FragmentHeader;
import dev.culvert.wire.InnerPayload;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * Seals payloads for peers and collects the datagrams of each peer in one buffer, back to back, until the flush: a
 * wakeup's frames leave in as few system calls as the socket can do. Confined to its lane. Borrows payloads; the
 * batches it fills are its own until the transport takes them.
 */
final class Encapsulator {
    /** Frames held for a peer while its session is made; more drop the oldest. WireGuard holds as many. */
    static final int MAX_STAGED_FRAMES = 128;
    /** The largest UDP payload that IPv4 carries is 65,507 bytes. */
    static final int MAX_DATAGRAM_BYTES = 65_500;

    private static final int BATCH_BYTES = 65_536;
    /** A fragment's header is longer than that of a frame. */
    static final int ROOM_BYTES = FragmentHeader.BYTES;

    /** A batch filled less than this is copied out, so that a queue of pings does not hold 64 KB a datagram. */
    private static final int COPY_OUT_BELOW_BYTES = 8_192;

    private final UdpTransport transport;
    private final ByteBufAllocator allocator;
    private final Counters counters;
    private final TunnelCommands commands;
    /** Peers with a batch begun since the last flush, each once. */
    private final List<LanePeer> dirty = new ArrayList<>();

    private final int lane;
    private final boolean fragments;
    private final FragmentCutter cutter;
    private final PartialChecksum partialChecksum = new PartialChecksum();

    /** The transport holds datagrams that it was not yet told to send. */
    private boolean unflushed;

    /** @param fragments what does not fit the path is an Ethernet frame, and is sent in fragments */
    Encapsulator(UdpTransport transport, LaneContext context, boolean fragments) {
        this.transport = transport;
        this.allocator = context.allocator();
        this.counters = context.counters();
        this.commands = context.commands();
        this.lane = context.number();
        this.fragments = fragments;
        this.cutter = new FragmentCutter(context.number(), context.lanes());
    }

    /**
     * Seals one payload for one peer, or stages a copy of it while there is no session.
     *
     * @param payload where fragments are made, {@link #ROOM_BYTES} stand in front of {@code index}
     */
    void offer(LanePeer peer, ByteBuf payload, int index, int length, long nowNanos) {
        counters.increment(CounterId.COPIES_OFFERED);
        if (Session.sealedBytes(length) > MAX_DATAGRAM_BYTES) {
            counters.increment(CounterId.COPY_TOO_LARGE);
        } else if (!peer.path.isReachable()) {
            counters.increment(CounterId.PEER_UNREACHABLE);
        } else if (transport.isFull()) {
            counters.increment(CounterId.SEND_BACKPRESSURE);
        } else if (sealWhole(peer, payload, index, length, nowNanos)) {
            sealedData(peer, nowNanos);
        } else {
            stage(peer, payload, index, length);
        }
    }

    /** The same for what came from another peer: such traffic stops where the TAP does, or it would leave it no room. */
    void forward(LanePeer peer, ByteBuf payload, int index, int length, long nowNanos) {
        if (transport.isWritable()) {
            offer(peer, payload, index, length, nowNanos);
        } else {
            counters.increment(CounterId.COPIES_OFFERED);
            counters.increment(CounterId.SEND_BACKPRESSURE);
        }
    }

    /** In one datagram, or in as many as the path demands. False when there is no session: then nothing was sent. */
    private boolean sealWhole(LanePeer peer, ByteBuf payload, int index, int length, long nowNanos) {
        int maxPayloadBytes = peer.maxPayloadBytes();
        if (fragments && length > maxPayloadBytes) {
            return sealFragments(peer, payload, index, length, maxPayloadBytes, nowNanos);
        }
        return seal(peer, payload, index, length, nowNanos);
    }

    private boolean sealFragments(
            LanePeer peer, ByteBuf payload, int index, int length, int maxPayloadBytes, long nowNanos) {
        int frame = index + InnerPayload.ETHERNET_HEADER_BYTES;
        int frameLength = length - InnerPayload.ETHERNET_HEADER_BYTES;
        if (InnerPayload.isChecksumPartial(payload, index)) { // fragments have no flag for it
            boolean _ = partialChecksum.tryComplete(payload, frame, frameLength);
            InnerPayload.writeEthernetHeader(payload, index, false, 0);
        }
        if (!cutter.tryBegin(payload, frame, frameLength, maxPayloadBytes)) {
            return seal(peer, payload, index, length, nowNanos); // IP may cut it, or the kernel says what is too large
        }
        boolean sealed = true;
        while (cutter.next()) {
            sealed = sealed && seal(peer, payload, cutter.fragmentIndex(), cutter.fragmentLength(), nowNanos);
        }
        if (sealed) {
            counters.increment(CounterId.FRAMES_FRAGMENTED);
        }
        return sealed;
    }

    private void sealedData(LanePeer peer, long nowNanos) {
        counters.increment(CounterId.COPIES_SEALED);
        peer.path.dataSent(nowNanos);
    }

    /** Empty transport message; without a session, asks for one, which sends a keepalive once it is there. */
    void sendKeepalive(LanePeer peer, long nowNanos) {
        if (seal(peer, Unpooled.EMPTY_BUFFER, 0, 0, nowNanos)) {
            peer.path.authenticatedSent(nowNanos);
        } else {
            wantHandshake(peer);
        }
    }

    /** Says something to the other end in one of its sessions; lost, like everything, when that has expired. */
    void sendControl(LanePeer peer, Session session, byte[] message, long nowNanos) {
        ByteBuf payload = allocator.directBuffer(message.length).writeBytes(message);
        try {
            if (seal(peer, session, payload, 0, message.length, nowNanos)) {
                peer.path.authenticatedSent(nowNanos);
            }
        } finally {
            payload.release();
        }
    }

    /** Seals what was staged, in order. */
    void flushStaged(LanePeer peer, long nowNanos) {
        for (ByteBuf frame = peer.staged.peek(); frame != null; frame = peer.staged.peek()) {
            if (!sealWhole(peer, frame, frame.readerIndex(), frame.readableBytes(), nowNanos)) {
                wantHandshake(peer);
                return;
            }
            sealedData(peer, nowNanos);
            peer.staged.remove();
            frame.release();
        }
    }

    void dropStaged(LanePeer peer) {
        counters.add(CounterId.STAGED_GIVEN_UP, peer.staged.size());
        peer.staged.forEach(ByteBuf::release);
        peer.staged.clear();
    }

    /** A handshake message, complete as it is; leaves with the next flush. */
    void sendPlain(byte[] message, InetSocketAddress remote) {
        send(allocator.directBuffer(message.length).writeBytes(message), message.length, remote);
    }

    /** Hands every batch to the socket and lets it send. */
    void flush() {
        for (int i = 0; i < dirty.size(); i++) { // by index: an iterator would be garbage for every wakeup
            LanePeer peer = dirty.get(i);
            peer.isDirty = false;
            sendBatch(peer);
        }
        dirty.clear();
        if (unflushed) {
            unflushed = false;
            transport.flush();
        }
    }

    private boolean seal(LanePeer peer, ByteBuf payload, int index, int length, long nowNanos) {
        Session session = peer.path.sendSession();
        return session != null && seal(peer, session, payload, index, length, nowNanos);
    }

    private boolean seal(LanePeer peer, Session session, ByteBuf payload, int index, int length, long nowNanos) {
        int bytes = Session.sealedBytes(length);
        ByteBuf batch = batchWithRoomFor(peer, bytes);
        if (session.seal(lane, payload, index, length, batch, batch.writerIndex(), nowNanos) == 0) {
            return false;
        }
        boolean first = batch.writerIndex() == 0;
        batch.writerIndex(batch.writerIndex() + bytes);
        peer.sentBytes += bytes;
        peer.sentDatagrams++;
        if (first) {
            peer.segmentBytes = bytes;
            markDirty(peer);
        } else if (bytes < peer.segmentBytes) {
            sendBatch(peer); // only the last datagram of a batch may be shorter
        }
        if (session.wantsRekeyOnSend(nowNanos)) {
            wantHandshake(peer);
        }
        return true;
    }

    private void markDirty(LanePeer peer) {
        if (!peer.isDirty) {
            peer.isDirty = true;
            dirty.add(peer);
        }
    }

    private ByteBuf batchWithRoomFor(LanePeer peer, int bytes) {
        ByteBuf batch = peer.batch;
        if (batch != null && batch.isReadable() && (bytes > peer.segmentBytes || bytes > batch.writableBytes())) {
            sendBatch(peer);
            batch = peer.batch;
        }
        if (batch == null) {
            batch = allocator.directBuffer(BATCH_BYTES, BATCH_BYTES);
            peer.batch = batch;
        }
        return batch;
    }

    private void sendBatch(LanePeer peer) {
        ByteBuf batch = peer.batch;
        InetSocketAddress remote = peer.path.remote();
        if (batch == null || remote == null || !batch.isReadable()) {
            return;
        }
        if (batch.readableBytes() < COPY_OUT_BELOW_BYTES) {
            send(allocator.directBuffer(batch.readableBytes()).writeBytes(batch), peer.segmentBytes, remote);
            batch.clear();
        } else {
            send(batch.retain(), peer.segmentBytes, remote);
            if (batch.refCnt() == 1) { // as a rule it was sent at once, and is still in the cache
                batch.clear();
            } else {
                batch.release();
                peer.batch = null;
            }
        }
    }

    private void send(ByteBuf datagrams, int segmentBytes, InetSocketAddress remote) {
        counters.add(CounterId.DATAGRAMS_OFFERED, Math.ceilDiv(datagrams.readableBytes(), segmentBytes));
        transport.send(datagrams, segmentBytes, remote);
        unflushed = true;
    }

    private void stage(LanePeer peer, ByteBuf payload, int index, int length) {
        if (peer.staged.size() == MAX_STAGED_FRAMES) {
            counters.increment(CounterId.STAGED_OVERFLOW);
            peer.staged.remove().release();
        }
        peer.staged.add(allocator
                .directBuffer(ROOM_BYTES + length)
                .setIndex(ROOM_BYTES, ROOM_BYTES)
                .writeBytes(payload, index, length));
        wantHandshake(peer);
    }

    void wantHandshake(LanePeer peer) {
        if (peer.path.tryWantHandshake()) {
            commands.handshakeWanted(peer.path);
        }
    }

    /** Gives back what is held for a peer; nothing is sent any more. */
    void release(LanePeer peer) {
        dropStaged(peer);
        if (peer.batch != null) {
            peer.batch.release();
            peer.batch = null;
        }
    }
}
