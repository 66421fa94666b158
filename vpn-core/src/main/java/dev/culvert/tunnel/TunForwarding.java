package dev.culvert.tunnel;

import dev.culvert.ethernet.IpHeader;
import dev.culvert.ethernet.OuterDatagramGuard;
import dev.culvert.ethernet.PacketRouter;
import dev.culvert.ethernet.SwitchVerdict;
import dev.culvert.metrics.CounterId;
import dev.culvert.metrics.Counters;
import dev.culvert.wire.InnerPayload;
import io.netty.buffer.ByteBuf;
import java.util.List;

/** Tun mode: IP packets as WireGuard carries them, routed by allowed IPs, padded to 16 bytes. */
final class TunForwarding implements Forwarding {
    private final LanePorts ports;
    private final Counters counters;
    private final PacketRouter<LanePeer> router;
    private OuterDatagramGuard guard = OuterDatagramGuard.NONE;

    TunForwarding(LanePorts ports, Counters counters, PacketRouter<LanePeer> router) {
        this.ports = ports;
        this.counters = counters;
        this.router = router;
    }

    @Override
    public void fromDevice(ByteBuf buffer, int index, int length, long nowNanos) {
        if (guard.isOwnDatagramPacket(buffer, index, length)) {
            counters.increment(CounterId.OUTBOUND_OWN_DATAGRAM);
            return;
        }
        SwitchVerdict verdict = router.onPacketFromTun(buffer, index, length);
        counters.increment(verdict.counter());
        if (!verdict.isDrop()) {
            int padding = InnerPayload.paddingFor(length);
            buffer.setZero(index + length, padding);
            ports.encapsulator().offer(router.destination(), buffer, index, length + padding, nowNanos);
        }
    }

    @Override
    public CounterId fromPeer(LanePeer from, ByteBuf buffer, int index, int length, long nowNanos) {
        return switch (InnerPayload.kindOf(buffer, index, length)) {
            case IPV4, IPV6 -> onPacket(from, buffer, index, length);
            case ETHERNET -> CounterId.PAYLOAD_WRONG_MODE;
            case FRAGMENT, UNKNOWN, KEEPALIVE, CONTROL -> CounterId.PAYLOAD_UNKNOWN;
        };
    }

    private CounterId onPacket(LanePeer from, ByteBuf buffer, int index, int length) {
        counters.increment(CounterId.PEER_FRAMES_IN);
        SwitchVerdict verdict = router.onPacketFromPeer(from, buffer, index, length);
        counters.increment(verdict.counter());
        if (!verdict.isDrop()) {
            ports.device().write(buffer, index, IpHeader.packetBytes(buffer, index), false); // without the padding
        }
        return CounterId.FRAMES_OPENED;
    }

    @Override
    public void flushToDevice() {
        ports.device().flush();
    }

    @Override
    public long heldFragments() {
        return 0;
    }

    @Override
    public void close() {
        // Holds nothing.
    }

    @Override
    public void refuse(OuterDatagramGuard ownDatagrams) {
        guard = ownDatagrams;
    }

    @Override
    public void forgetExpired(long nowNanos) {
        // Allowed IPs do not age.
    }

    @Override
    public List<String> addressesBehind(LanePeer peer) {
        return List.of(); // what is behind a peer is its allowed IPs, known from the configuration
    }
}
