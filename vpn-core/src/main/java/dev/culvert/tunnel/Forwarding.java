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
    /**
     * Carries a frame from the device to peers.
     *
     * @param buffer 16 bytes of room stand before {@code index}, and in them, right before the frame, its virtio header
     *     where the device has them; 15 writable bytes stand behind the frame
     */
    void fromDevice(ByteBuf buffer, int index, int length, long nowNanos);

    /**
     * Carries an opened payload of {@code from} to the device, or on to other peers.
     *
     * @param buffer one payload, not empty and no control message, at {@code index}
     * @return {@link CounterId#FRAMES_OPENED}, or why the payload is none this mode carries
     */
    CounterId fromPeer(LanePeer from, ByteBuf buffer, int index, int length, long nowNanos);

    /** What was held of frames from peers is given to the device: their buffers are used again now. */
    void flushToDevice();

    /** Fragments that wait for others of their frames. */
    long heldFragments();

    /** Gives back every buffer. */
    void close();

    /** From now on, frames that are these outer datagrams are dropped: the tunnel does not carry itself. */
    void refuse(OuterDatagramGuard ownDatagrams);

    /** Addresses that have aged out are gone from {@link #addressesBehind}. */
    void forgetExpired(long nowNanos);

    /** The addresses known behind a peer, for status. */
    List<String> addressesBehind(LanePeer peer);
}
