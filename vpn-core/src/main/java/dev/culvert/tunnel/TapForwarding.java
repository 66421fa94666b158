package dev.culvert.tunnel;

import dev.culvert.ethernet.ForwardingTable;
import dev.culvert.ethernet.FrameSwitch;
import dev.culvert.ethernet.Learned;
import dev.culvert.ethernet.MacAddress;
import dev.culvert.ethernet.OuterDatagramGuard;
import dev.culvert.ethernet.SwitchVerdict;
import dev.culvert.metrics.CounterId;
import dev.culvert.metrics.Counters;
import dev.culvert.offload.FrameSplitter;
import dev.culvert.offload.SplitVerdict;
import dev.culvert.peer.PeerPath;
import dev.culvert.wire.InnerPayload;
import io.netty.buffer.ByteBuf;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tap mode: Ethernet frames, carried as EtherIP, switched by MAC address. A super-frame of the device is switched once
 * and then cut to what the path of its peer carries.
 */
final class TapForwarding implements Forwarding {
    private final LanePorts ports;
    private final Counters counters;
    private final ForwardingTable<PeerPath> table;
    private final FrameSwitch<PeerPath> frameSwitch;
    private final Fragments fragments;
    private final boolean hasHeader;
    private final boolean tellsOfTable;
    private final FrameSplitter splitter = new FrameSplitter();
    private OuterDatagramGuard guard = OuterDatagramGuard.NONE;

    TapForwarding(
            LanePorts ports, LaneContext context, ForwardingTable<PeerPath> table, FrameSwitch<PeerPath> frameSwitch) {
        this.ports = ports;
        this.counters = context.counters();
        this.table = table;
        this.frameSwitch = frameSwitch;
        this.fragments = new Fragments(ports.peers(), context);
        this.hasHeader = context.offloads().hasHeader();
        this.tellsOfTable = context.isFirst();
    }

    @Override
    public void fromDevice(ByteBuf buffer, int index, int length, long nowNanos) {
        if (guard.isOwnDatagram(buffer, index, length)) {
            counters.increment(CounterId.OUTBOUND_OWN_DATAGRAM);
            return;
        }
        SwitchVerdict verdict = frameSwitch.onFrameFromTap(buffer, index, length, nowNanos);
        if (ports.peers().isEmpty() && !verdict.isDrop()) {
            counters.increment(CounterId.OUTBOUND_NO_PEER);
            return;
        }
        countLearning();
        if (verdict.isDrop()) {
            counters.increment(verdict.counter());
            return;
        }
        LanePeer peer = verdict == SwitchVerdict.UNICAST ? destination() : null;
        if (!hasHeader) {
            counters.increment(verdict.counter());
            carry(peer, buffer, index, length, false, nowNanos);
        } else {
            counters.increment(
                    cut(peer, buffer, index, length, nowNanos) ? verdict.counter() : CounterId.OUTBOUND_MALFORMED);
        }
    }

    /** To one peer, or to all: false when the device gave something that is no frame. */
    private boolean cut(@Nullable LanePeer peer, ByteBuf buffer, int index, int length, long nowNanos) {
        int maxFrameBytes = maxPayloadBytes(peer) - InnerPayload.ETHERNET_HEADER_BYTES;
        SplitVerdict verdict = splitter.begin(buffer, index, length, maxFrameBytes);
        switch (verdict) {
            case MALFORMED, TOO_LONG -> {
                return false;
            }
            case CUT -> counters.increment(CounterId.SUPER_FRAMES_READ);
            case WHOLE -> {}
        }
        while (splitter.next()) {
            carry(peer, buffer, splitter.frameIndex(), splitter.frameLength(), splitter.isChecksumPartial(), nowNanos);
        }
        return true;
    }

    private int maxPayloadBytes(@Nullable LanePeer peer) {
        if (peer != null) {
            return peer.maxPayloadBytes();
        }
        int least = Integer.MAX_VALUE;
        for (int i = 0; i < ports.peers().size(); i++) { // by index: an iterator would be garbage for every frame
            least = Math.min(least, ports.peers().get(i).maxPayloadBytes());
        }
        return least;
    }

    private void carry(
            @Nullable LanePeer peer, ByteBuf buffer, int index, int length, boolean checksumPartial, long nowNanos) {
        int payload = index - InnerPayload.ETHERNET_HEADER_BYTES;
        int payloadLength = length + InnerPayload.ETHERNET_HEADER_BYTES;
        InnerPayload.writeEthernetHeader(buffer, payload, checksumPartial, 0);
        if (peer != null) {
            ports.encapsulator().offer(peer, buffer, payload, payloadLength, nowNanos);
        } else {
            flood(null, buffer, payload, payloadLength, nowNanos);
        }
    }

    @Override
    public CounterId fromPeer(LanePeer from, ByteBuf buffer, int index, int length, long nowNanos) {
        return switch (InnerPayload.kindOf(buffer, index, length)) {
            case ETHERNET -> onEthernet(from, buffer, index, length, nowNanos);
            case FRAGMENT -> onFragment(from, buffer, index, length, nowNanos);
            case IPV4, IPV6 -> CounterId.PAYLOAD_WRONG_MODE;
            case UNKNOWN, KEEPALIVE, CONTROL -> CounterId.PAYLOAD_UNKNOWN;
        };
    }

    private CounterId onEthernet(LanePeer from, ByteBuf buffer, int index, int length, long nowNanos) {
        int frameLength = InnerPayload.ethernetFrameLength(buffer, index, length);
        if (frameLength == InnerPayload.MALFORMED) {
            return CounterId.PAYLOAD_MALFORMED;
        }
        onFrame(from, buffer, index, frameLength, nowNanos);
        return CounterId.FRAMES_OPENED;
    }

    private CounterId onFragment(LanePeer from, ByteBuf buffer, int index, int length, long nowNanos) {
        if (fragments.add(from, buffer, index, length, nowNanos)) {
            ByteBuf frame = fragments.frameBuffer();
            int payload = fragments.frameIndex() - InnerPayload.ETHERNET_HEADER_BYTES;
            InnerPayload.writeEthernetHeader(frame, payload, false, 0);
            onFrame(from, frame, payload, fragments.frameLength(), nowNanos);
        }
        return CounterId.FRAGMENTS_OPENED;
    }

    /** @param index of the payload, whose frame has {@code frameLength} bytes and no padding that matters any more */
    private void onFrame(LanePeer from, ByteBuf buffer, int index, int frameLength, long nowNanos) {
        counters.increment(CounterId.PEER_FRAMES_IN);
        int frame = index + InnerPayload.ETHERNET_HEADER_BYTES;
        SwitchVerdict verdict = frameSwitch.onFrameFromPeer(from.path, buffer, frame, frameLength, nowNanos);
        counters.increment(verdict.counter());
        countLearning();
        if (verdict.isDrop()) {
            return;
        }
        boolean checksumPartial = InnerPayload.isChecksumPartial(buffer, index);
        if (verdict == SwitchVerdict.TO_DEVICE) {
            ports.device().write(buffer, frame, frameLength, checksumPartial);
            return;
        }
        InnerPayload.writeEthernetHeader(buffer, index, checksumPartial, 0); // padding is not carried on
        int length = frameLength + InnerPayload.ETHERNET_HEADER_BYTES;
        switch (verdict) {
            case TO_DEVICE_AND_FLOOD -> {
                flood(from, buffer, index, length, nowNanos); // first: the device may write over the headers
                // Fragments were sealed with the sum complete.
                boolean stillPartial = InnerPayload.isChecksumPartial(buffer, index);
                ports.device().write(buffer, frame, frameLength, stillPartial);
            }
            case FORWARD -> ports.encapsulator().forward(destination(), buffer, index, length, nowNanos);
            default -> throw new IllegalStateException("an inbound frame cannot be " + verdict);
        }
    }

    private LanePeer destination() {
        return ports.peers().get(frameSwitch.destination().id());
    }

    /** A copy to every peer but the one it came from: the payload is sealed for each from where it lies. */
    private void flood(@Nullable LanePeer from, ByteBuf buffer, int index, int length, long nowNanos) {
        for (int i = 0; i < ports.peers().size(); i++) { // by index: an iterator would be garbage for every frame
            LanePeer peer = ports.peers().get(i);
            if (from == null) {
                ports.encapsulator().offer(peer, buffer, index, length, nowNanos);
            } else if (!peer.equals(from)) {
                ports.encapsulator().forward(peer, buffer, index, length, nowNanos);
            }
        }
    }

    private void countLearning() {
        Learned learned = frameSwitch.learned();
        if (learned == Learned.LIMIT_REACHED) {
            counters.increment(CounterId.MACS_NOT_LEARNED);
        } else if (learned == Learned.HELD_DOWN) {
            counters.increment(CounterId.MAC_MOVES_HELD_DOWN);
        }
    }

    @Override
    public void flushToDevice() {
        ports.device().flush();
    }

    @Override
    public long heldFragments() {
        return fragments.held();
    }

    @Override
    public void close() {
        fragments.close();
    }

    @Override
    public void refuse(OuterDatagramGuard ownDatagrams) {
        guard = ownDatagrams;
    }

    @Override
    public void forgetExpired(long nowNanos) {
        if (tellsOfTable) {
            table.removeExpired(nowNanos);
        }
        fragments.giveUpExpired(nowNanos);
    }

    @Override
    public List<String> addressesBehind(LanePeer peer) {
        return table.of(peer.path).stream().map(MacAddress::toString).toList();
    }
}
