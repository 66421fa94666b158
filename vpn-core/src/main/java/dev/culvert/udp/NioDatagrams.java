package dev.culvert.udp;

import dev.culvert.metrics.Counters;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioDatagramChannel;

/**
 * Channels of the JDK: a system call a datagram. The JDK sets IP_PMTUDISC_DONT on its sockets, so here datagrams leave
 * without DF and routers may fragment them; there is no option to set it back.
 */
final class NioDatagrams implements DatagramChannels {
    private static final int DATAGRAMS_PER_WAKEUP = 64;

    private final int maxDatagramBytes;
    private final Counters counters;

    NioDatagrams(int maxDatagramBytes, Counters counters) {
        this.maxDatagramBytes = maxDatagramBytes;
        this.counters = counters;
    }

    @Override
    public Opened open(SocketProtocolFamily family) {
        NioDatagramChannel channel = new NioDatagramChannel(family);
        ReusedReceiveBuffer buffer = new ReusedReceiveBuffer(maxDatagramBytes, DATAGRAMS_PER_WAKEUP, counters);
        channel.config().setOption(ChannelOption.RECVBUF_ALLOCATOR, buffer);
        return new Opened(channel, maxDatagramBytes, false, buffer::release, "one datagram a system call");
    }
}
