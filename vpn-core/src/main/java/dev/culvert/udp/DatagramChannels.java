package dev.culvert.udp;

import io.netty.channel.Channel;
import io.netty.channel.socket.SocketProtocolFamily;

/** Opens UDP channels of one backend, set up but neither registered nor bound. */
interface DatagramChannels {
    /** Throws Netty's unchecked ChannelException when the kernel has no such sockets. */
    Opened open(SocketProtocolFamily family);

    /**
     * A channel and what is known of it.
     *
     * @param maxDatagramBytes what is longer is to be cut off, which UDP_GRO does not do by itself
     * @param segmentation whether it can send with UDP_SEGMENT
     * @param release what the channel holds besides its own socket; run once it is closed
     * @param batching for {@code status}: how it receives and sends
     */
    record Opened(Channel channel, int maxDatagramBytes, boolean segmentation, Runnable release, String batching) {}
}
