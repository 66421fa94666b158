package dev.culvert.ethernet;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Decides, in tun mode, where an IP packet goes: to the peer its destination belongs to, and from a peer only if its
 * source belongs to that same peer (WireGuard, section 2, "Cryptokey Routing"). Between peers the kernel routes. Borrows
 * the packet, allocates nothing, confined to the thread of its lane.
 */
public final class PacketRouter<P> {
    private final AllowedIps<P> allowedIps;
    private @Nullable P destination;

    public PacketRouter(AllowedIps<P> allowedIps) {
        this.allowedIps = allowedIps;
    }

    public SwitchVerdict onPacketFromTun(ByteBuf packet, int index, int length) {
        destination = null;
        if (!IpHeader.isValid(packet, index, length)) {
            return SwitchVerdict.OUTBOUND_MALFORMED;
        }
        destination = ownerOfDestination(packet, index);
        return destination == null ? SwitchVerdict.NO_PEER : SwitchVerdict.UNICAST;
    }

    /** Of a packet that goes to the TUN, {@link IpHeader#packetBytes} tells how much is packet and not padding. */
    public SwitchVerdict onPacketFromPeer(P peer, ByteBuf packet, int index, int length) {
        destination = null;
        if (!IpHeader.isValid(packet, index, length)) {
            return SwitchVerdict.INBOUND_MALFORMED;
        }
        return peer.equals(ownerOfSource(packet, index)) ? SwitchVerdict.TO_DEVICE : SwitchVerdict.SOURCE_NOT_ALLOWED;
    }

    /** The peer of the last verdict, which was {@link SwitchVerdict#UNICAST}. */
    public P destination() {
        P chosen = destination;
        if (chosen == null) {
            throw new IllegalStateException("the last packet was not for a peer");
        }
        return chosen;
    }

    private @Nullable P ownerOfSource(ByteBuf packet, int index) {
        return IpHeader.version(packet, index) == 4
                ? allowedIps.findV4(IpHeader.v4Source(packet, index))
                : allowedIps.findV6(IpHeader.v6SourceHigh(packet, index), IpHeader.v6SourceLow(packet, index));
    }

    private @Nullable P ownerOfDestination(ByteBuf packet, int index) {
        return IpHeader.version(packet, index) == 4
                ? allowedIps.findV4(IpHeader.v4Destination(packet, index))
                : allowedIps.findV6(
                        IpHeader.v6DestinationHigh(packet, index), IpHeader.v6DestinationLow(packet, index));
    }
}
