package dev.culvert.ethernet;

import static dev.culvert.ethernet.SwitchVerdict.BAD_SOURCE;
import static dev.culvert.ethernet.SwitchVerdict.FLOOD;
import static dev.culvert.ethernet.SwitchVerdict.FORWARD;
import static dev.culvert.ethernet.SwitchVerdict.INBOUND_MALFORMED;
import static dev.culvert.ethernet.SwitchVerdict.LOCAL_DESTINATION;
import static dev.culvert.ethernet.SwitchVerdict.OUTBOUND_MALFORMED;
import static dev.culvert.ethernet.SwitchVerdict.SOURCE_NOT_ALLOWED;
import static dev.culvert.ethernet.SwitchVerdict.SPLIT_HORIZON;
import static dev.culvert.ethernet.SwitchVerdict.TO_DEVICE;
import static dev.culvert.ethernet.SwitchVerdict.TO_DEVICE_AND_FLOOD;
import static dev.culvert.ethernet.SwitchVerdict.UNICAST;

import dev.culvert.ethernet.ForwardingTable.Owner;
import io.netty.buffer.ByteBuf;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides, in tap mode, where a frame goes. Borrows the frame, allocates nothing, confined to the thread of its lane.
 *
 * <p>The tunnel stands for a wire, not for a bridge: it also carries the link-local group addresses 01:80:c2:00:00:00 to
 * -0f that a bridge keeps to itself (IEEE 802.1Q, table 8-1). Spanning tree must see through it to find the loop that two
 * tunnels between two LANs make; LLDP, 802.1X and LACP between the two ends work as over a cable. The exception are
 * pause frames, {@link #PAUSE}: they speak to the other end of one link about the speed of that link, and a tunnel is none.
 */
public final class FrameSwitch<P> {
    /** 01:80:c2:00:00:01, the destination of MAC control (IEEE 802.3, annex 31B): never forwarded by anyone. */
    static final long PAUSE = 0x0180_c200_0001L;

    private final ForwardingTable<P> table;
    private final AllowedMacs<P> allowedMacs = new AllowedMacs<>();
    private final long ownMac;
    private final int maxFrameBytes;
    private final boolean forward;
    private @Nullable P destination;
    private Learned learned = Learned.KNOWN;

    /**
     * @param ownMac hardware address of the TAP
     * @param maxFrameBytes the longest frame taken from a peer
     * @param forward hub: frames of one peer are carried on to other peers
     */
    public FrameSwitch(ForwardingTable<P> table, MacAddress ownMac, int maxFrameBytes, boolean forward) {
        this.table = table;
        this.ownMac = ownMac.bits();
        this.maxFrameBytes = maxFrameBytes;
        this.forward = forward;
    }

    /** From now on {@code peer} may use only these source addresses; any, when {@code macs} is empty. */
    public void allowOnly(P peer, Collection<MacAddress> macs) {
        allowedMacs.allow(peer, macs);
    }

    /** Forgets all about a peer that was removed. */
    public void forget(P peer) {
        allowOnly(peer, List.of());
        table.forget(peer);
        destination = null;
    }

    public SwitchVerdict onFrameFromTap(ByteBuf frame, int index, int length, long nowNanos) {
        destination = null;
        learned = Learned.KNOWN;
        if (length < EthernetHeader.LENGTH) {
            return OUTBOUND_MALFORMED;
        }
        long source = EthernetHeader.source(frame, index);
        if (!MacAddress.isUnicast(source)) {
            return OUTBOUND_MALFORMED;
        }
        if (source != ownMac) { // a bridged LAN; our own address is known without learning it
            learned = table.learnLocal(source, nowNanos);
        }
        return routeFromTap(EthernetHeader.destination(frame, index), nowNanos);
    }

    public SwitchVerdict onFrameFromPeer(P peer, ByteBuf frame, int index, int length, long nowNanos) {
        destination = null;
        learned = Learned.KNOWN;
        if (length < EthernetHeader.LENGTH || length > maxFrameBytes) {
            return INBOUND_MALFORMED;
        }
        long source = EthernetHeader.source(frame, index);
        if (!MacAddress.isUnicast(source) || source == ownMac) {
            return BAD_SOURCE;
        }
        if (!allowedMacs.allows(peer, source)) {
            return SOURCE_NOT_ALLOWED;
        }
        long target = EthernetHeader.destination(frame, index);
        if (target == PAUSE) {
            return INBOUND_MALFORMED;
        }
        learned = table.learn(source, peer, nowNanos);
        return routeFromPeer(peer, target, nowNanos);
    }

    /** The peer of the last verdict, which was {@link SwitchVerdict#UNICAST} or {@link SwitchVerdict#FORWARD}. */
    public P destination() {
        P chosen = destination;
        if (chosen == null) {
            throw new IllegalStateException("the last frame was not for one peer");
        }
        return chosen;
    }

    /** What became of the last frame's source address: for the counters of addresses not learned and held down. */
    public Learned learned() {
        return learned;
    }

    private SwitchVerdict routeFromTap(long target, long nowNanos) {
        if (target == ownMac || target == PAUSE) {
            return LOCAL_DESTINATION;
        }
        Owner<P> owner = unicastOwner(target, nowNanos);
        if (owner == null) {
            return FLOOD;
        }
        if (owner.isLocal()) {
            return LOCAL_DESTINATION;
        }
        destination = owner.peer();
        return UNICAST;
    }

    private SwitchVerdict routeFromPeer(P peer, long target, long nowNanos) {
        if (target == ownMac) {
            return TO_DEVICE;
        }
        Owner<P> owner = unicastOwner(target, nowNanos);
        if (owner == null) {
            return forward ? TO_DEVICE_AND_FLOOD : TO_DEVICE;
        }
        if (owner.isLocal()) {
            return TO_DEVICE;
        }
        if (owner.peer().equals(peer)) {
            return SPLIT_HORIZON;
        }
        if (!forward) {
            return TO_DEVICE; // perhaps stale: whoever is behind the TAP may know better
        }
        destination = owner.peer();
        return FORWARD;
    }

    private @Nullable Owner<P> unicastOwner(long target, long nowNanos) {
        return MacAddress.isUnicast(target) ? table.ownerOf(target, nowNanos) : null;
    }
}
