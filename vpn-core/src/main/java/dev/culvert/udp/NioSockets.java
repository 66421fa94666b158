package dev.culvert.udp;

import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.socket.nio.NioDatagramChannel;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;

/**
 * Sockets of the JDK, as channels of Netty: a system call a datagram. The JDK sets IP_PMTUDISC_DONT on them, so here
 * datagrams leave without DF and routers may fragment them; there is no option to set it back.
 */
final class NioSockets implements SocketOpener {
    /** Netty counts about 100 bytes a queued datagram beside its content. */
    private static final WriteBufferWaterMark WATER_MARKS = new WriteBufferWaterMark(1 << 20, 2 << 20);

    private static final int DATAGRAMS_PER_WAKEUP = 64;

    static final ChannelOption<Boolean> REUSE_PORT = NioChannelOption.of(StandardSocketOptions.SO_REUSEPORT);

    private final LoopThread thread;
    private final SocketOptions options;
    private final int maxDatagramBytes;

    NioSockets(LoopThread thread, SocketOptions options, int maxDatagramBytes) {
        this.thread = thread;
        this.options = options;
        this.maxDatagramBytes = maxDatagramBytes;
    }

    @Override
    public UdpTransport open(InetSocketAddress listen, boolean ipv6, String remark) throws UdpException {
        NioDatagramChannel channel;
        try {
            channel = new NioDatagramChannel(ipv6 ? SocketProtocolFamily.INET6 : SocketProtocolFamily.INET);
        } catch (ChannelException | UnsupportedOperationException e) { // the latter is NIO's word for "no IPv6"
            throw BindFailure.explain(listen, e);
        }
        ReusedReceiveBuffer buffer = new ReusedReceiveBuffer(maxDatagramBytes, DATAGRAMS_PER_WAKEUP, thread.counters());
        channel.config().setOption(ChannelOption.RECVBUF_ALLOCATOR, buffer);
        channel.config().setOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARKS);
        channel.config().setAutoRead(false); // until there is a receiver
        if (options.sharedPort()) {
            channel.config().setOption(REUSE_PORT, true);
        }
        String setup = "one datagram a system call, " + SocketBuffers.enlarge(channel) + remark;
        NioUdpTransport transport = new NioUdpTransport(channel, thread, ipv6, setup, buffer::release);
        // On the loop's own thread both futures are complete on return.
        var bound = transport.bind(listen);
        if (!bound.isSuccess()) {
            transport.close();
            throw BindFailure.explain(listen, bound.cause());
        }
        return transport;
    }
}
