package dev.culvert.tunnel;

import dev.culvert.ethernet.ForwardingTable;
import dev.culvert.ethernet.FrameSwitch;
import dev.culvert.ethernet.Learned;
import dev.culvert.ethernet.MacAddress;
import dev.culvert.ethernet.OuterDatagramGuard;
import dev.culvert.ethernet.SwitchVerdict;
import dev.culvert.metrics.CounterId;
import dev.culvert.metrics.Counters;
import dev.culvert.wire.InnerPayload;
import io.netty.buffer.ByteBuf;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tap mode: Ethernet frames, carried as EtherIP, switched by MAC address. */
final class TapForwarding implements Forwarding {
    private final LanePorts ports;
    private final Counters counters;
    private final ForwardingTable<LanePeer> table;
    private final FrameSwitch<LanePeer> frameSwitch;
    private OuterDatagramGuard guard = OuterDatagramGuard.NONE;

    TapForwarding(
            LanePorts ports, Counters counters, ForwardingTable<LanePeer> table, FrameSwitch<LanePeer> frameSwitch) {
        this.ports = ports;
        this.counters = counters;
        this.table = table;
        this.frameSwitch = frameSwitch;
    }

    @Override
    public int payloadHeaderBytes() {
        return InnerPayload.ETHERNET_HEADER_BYTES;
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
        counters.increment(verdict.counter());
        countLearning();
        if (verdict.isDrop()) {
            return;
        }
        int payload = index - InnerPayload.ETHERNET_HEADER_BYTES;
        int payloadLength = length + InnerPayload.ETHERNET_HEADER_BYTES;
        InnerPayload.writeEthernetHeader(buffer, payload, false, 0);
        if (verdict == SwitchVerdict.UNICAST) {
            ports.encapsulator().offer(frameSwitch.destination(), buffer, payload, payloadLength, nowNanos);
        } else {
            flood(null, buffer, payload, payloadLength, nowNanos);
        }
    }

    @Override
    public CounterId fromPeer(LanePeer from, ByteBuf buffer, int index, int length, long nowNanos) {
        return switch (InnerPayload.kindOf(buffer, index, length)) {
            case ETHERNET -> onEthernet(from, buffer, index, length, nowNanos);
            case IPV4, IPV6 -> CounterId.PAYLOAD_WRONG_MODE;
            case FRAGMENT, UNKNOWN, KEEPALIVE, CONTROL -> CounterId.PAYLOAD_UNKNOWN;
        };
    }

    private CounterId onEthernet(LanePeer from, ByteBuf buffer, int index, int length, long nowNanos) {
        int frameLength = InnerPayload.ethernetFrameLength(buffer, index, length);
        // A partial checksum would have to be completed here, and no peer of this version sends one.
        if (frameLength == InnerPayload.MALFORMED || InnerPayload.isChecksumPartial(buffer, index)) {
            return CounterId.PAYLOAD_MALFORMED;
        }
        counters.increment(CounterId.PEER_FRAMES_IN);
        int frame = index + InnerPayload.ETHERNET_HEADER_BYTES;
        SwitchVerdict verdict = frameSwitch.onFrameFromPeer(from, buffer, frame, frameLength, nowNanos);
        counters.increment(verdict.counter());
        countLearning();
        switch (verdict) {
            case TO_DEVICE -> ports.device().write(buffer, frame, frameLength);
            case TO_DEVICE_AND_FLOOD -> {
                ports.device().write(buffer, frame, frameLength);
                flood(from, buffer, index, length, nowNanos);
            }
            case FORWARD -> ports.encapsulator().offer(frameSwitch.destination(), buffer, index, length, nowNanos);
            case UNICAST, FLOOD, OUTBOUND_MALFORMED, LOCAL_DESTINATION, NO_PEER ->
                throw new IllegalStateException("an inbound frame cannot be " + verdict);
            case INBOUND_MALFORMED, BAD_SOURCE, SOURCE_NOT_ALLOWED, SPLIT_HORIZON -> {}
        }
        return CounterId.FRAMES_OPENED;
    }

    /** A copy to every peer but the one it came from: the payload is sealed for each from where it lies. */
    private void flood(@Nullable LanePeer from, ByteBuf buffer, int index, int length, long nowNanos) {
        for (int i = 0; i < ports.peers().size(); i++) { // by index: an iterator would be garbage for every frame
            LanePeer peer = ports.peers().get(i);
            if (peer != from) {
                ports.encapsulator().offer(peer, buffer, index, length, nowNanos);
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
    public void refuse(OuterDatagramGuard ownDatagrams) {
        guard = ownDatagrams;
    }

    @Override
    public void forgetExpired(long nowNanos) {
        table.removeExpired(nowNanos);
    }

    @Override
    public List<String> addressesBehind(LanePeer peer) {
        return table.of(peer).stream().map(MacAddress::toString).toList();
    }
}
