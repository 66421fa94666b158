package dev.culvert.udp;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioChannelOption;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;

/** Sockets as channels of Netty. */
final class NettySockets implements SocketOpener {
    /** Netty counts about 100 bytes a queued datagram beside its content. */
    private static final WriteBufferWaterMark WATER_MARKS = new WriteBufferWaterMark(1 << 20, 2 << 20);

    private final LoopThread thread;
    private final DatagramChannels channels;
    private final SocketOptions options;

    NettySockets(LoopThread thread, DatagramChannels channels, SocketOptions options) {
        this.thread = thread;
        this.channels = channels;
        this.options = options;
    }

    @Override
    public UdpTransport open(InetSocketAddress listen, boolean ipv6, String remark) throws UdpException {
        NettyUdpTransport transport = openChannel(listen, ipv6, remark);
        // On the loop's own thread both futures are complete on return.
        var bound = transport.bind(listen);
        if (!bound.isSuccess()) {
            transport.close();
            throw BindFailure.explain(listen, bound.cause());
        }
        return transport;
    }

    private NettyUdpTransport openChannel(InetSocketAddress listen, boolean ipv6, String remark) throws UdpException {
        DatagramChannels.Opened opened;
        try {
            opened = channels.open(ipv6 ? SocketProtocolFamily.INET6 : SocketProtocolFamily.INET);
        } catch (ChannelException | UnsupportedOperationException e) { // the latter is NIO's word for "no IPv6"
            throw BindFailure.explain(listen, e);
        }
        Channel channel = opened.channel();
        channel.config().setOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARKS);
        channel.config().setAutoRead(false); // until there is a receiver
        if (options.sharedPort()) {
            sharePort(channel);
        }
        String setup = opened.batching() + ", " + SocketBuffers.enlarge(channel) + remark;
        return new NettyUdpTransport(opened, thread, ipv6, setup);
    }

    private static void sharePort(Channel channel) {
        if (channel instanceof EpollDatagramChannel) {
            channel.config().setOption(EpollChannelOption.SO_REUSEPORT, true);
        } else {
            channel.config().setOption(NioChannelOption.of(StandardSocketOptions.SO_REUSEPORT), true);
        }
    }
}
