package dev.culvert.udp;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioChannelOption;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;

/**
 * Opens, sets up and binds the socket of a lane. {@code [::]} becomes a dual-stack socket, any other IPv6 address an
 * IPv6 socket, an IPv4 address an IPv4 socket. IP_MTU_DISCOVER stays as the kernel has it (WANT).
 */
final class UdpBinding {
    /** Netty counts about 100 bytes a queued datagram beside its content. */
    private static final WriteBufferWaterMark WATER_MARKS = new WriteBufferWaterMark(1 << 20, 2 << 20);

    private final LoopThread thread;
    private final DatagramChannels channels;
    private final SocketOptions options;

    UdpBinding(LoopThread thread, DatagramChannels channels, SocketOptions options) {
        this.thread = thread;
        this.channels = channels;
        this.options = options;
    }

    UdpTransport bind(InetSocketAddress listen) throws UdpException {
        if (listen.isUnresolved()) {
            throw BindFailure.unresolved(listen);
        }
        try {
            return thread.call(() -> bindOnLoop(listen));
        } catch (UdpException e) {
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw BindFailure.explain(listen, e);
        } catch (Exception e) {
            throw BindFailure.explain(listen, e);
        }
    }

    private UdpTransport bindOnLoop(InetSocketAddress listen) throws UdpException {
        InetAddress address = listen.getAddress();
        if (address instanceof Inet4Address) {
            return bind(listen, SocketProtocolFamily.INET, "");
        }
        try {
            return bind(listen, SocketProtocolFamily.INET6, "");
        } catch (UdpException e) {
            if (!address.isAnyLocalAddress() || !BindFailure.isFamilyMissing(e)) {
                throw e;
            }
            // "[::]" means "whatever there is", and is the default: a machine without IPv6 has IPv4.
            InetSocketAddress ipv4 = new InetSocketAddress("0.0.0.0", listen.getPort());
            return bind(ipv4, SocketProtocolFamily.INET, ", IPv4 only: this machine has no IPv6");
        }
    }

    private UdpTransport bind(InetSocketAddress listen, SocketProtocolFamily family, String remark)
            throws UdpException {
        NettyUdpTransport transport = open(listen, family, remark);
        // On the loop's own thread both futures are complete on return.
        var bound = transport.bind(listen);
        if (!bound.isSuccess()) {
            transport.close();
            throw BindFailure.explain(listen, bound.cause());
        }
        return transport;
    }

    private NettyUdpTransport open(InetSocketAddress listen, SocketProtocolFamily family, String remark)
            throws UdpException {
        DatagramChannels.Opened opened;
        try {
            opened = channels.open(family);
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
        return new NettyUdpTransport(opened, thread, family == SocketProtocolFamily.INET6, setup);
    }

    private static void sharePort(Channel channel) {
        if (channel instanceof EpollDatagramChannel) {
            channel.config().setOption(EpollChannelOption.SO_REUSEPORT, true);
        } else {
            channel.config().setOption(NioChannelOption.of(StandardSocketOptions.SO_REUSEPORT), true);
        }
    }

    /** For messages: {@code [::]:51820} and {@code 0.0.0.0:51820}. */
    static String text(InetSocketAddress address) {
        InetAddress host = address.getAddress();
        if (host == null) {
            return address.getHostString() + ":" + address.getPort();
        }
        String literal = host.isAnyLocalAddress() && host instanceof Inet6Address ? "::" : host.getHostAddress();
        return (host instanceof Inet6Address ? "[" + literal + "]" : literal) + ":" + address.getPort();
    }
}
