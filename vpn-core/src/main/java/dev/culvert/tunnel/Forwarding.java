package dev.culvert.tunnel;

import dev.culvert.ethernet.OuterDatagramGuard;
import dev.culvert.metrics.CounterId;
import io.netty.buffer.ByteBuf;
import java.util.List;

/**
 * Where frames go: the Ethernet switch in tap mode, the packet router in tun mode. Confined to its lane; borrows
 * buffers. Counts every frame it is given as switched or as dropped for a reason.
 */
interface Forwarding {
    /** Bytes that stand in front of a frame in a payload: the EtherIP header, or nothing. */
    int payloadHeaderBytes();

    /**
     * Carries a frame from the device to peers.
     *
     * @param buffer room for {@link #payloadHeaderBytes} stands before {@code index}, and 15 writable bytes behind the frame
     */
    void fromDevice(ByteBuf buffer, int index, int length, long nowNanos);

    /**
     * Carries an opened payload of {@code from} to the device, or on to other peers.
     *
     * @param buffer one payload, not empty and no control message, at {@code index}
     * @return {@link CounterId#FRAMES_OPENED}, or why the payload is none this mode carries
     */
    CounterId fromPeer(LanePeer from, ByteBuf buffer, int index, int length, long nowNanos);

    /** From now on, frames that are these outer datagrams are dropped: the tunnel does not carry itself. */
    void refuse(OuterDatagramGuard ownDatagrams);

    /** Addresses that have aged out are gone from {@link #addressesBehind}. */
    void forgetExpired(long nowNanos);

    /** The addresses known behind a peer, for status. */
    List<String> addressesBehind(LanePeer peer);
}
