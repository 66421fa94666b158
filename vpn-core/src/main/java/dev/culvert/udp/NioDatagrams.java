package dev.culvert.udp;

import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioDatagramChannel;

/**
 * Channels of the JDK: a system call a datagram. The JDK sets IP_PMTUDISC_DONT on its sockets, so here datagrams leave
 * without DF and routers may fragment them; there is no option to set it back.
 */
final class NioDatagrams implements DatagramChannels {
    private static final int DATAGRAMS_PER_WAKEUP = 64;

    private final int maxDatagramBytes;

    NioDatagrams(int maxDatagramBytes) {
        this.maxDatagramBytes = maxDatagramBytes;
    }

    @Override
    public Opened open(SocketProtocolFamily family) {
        NioDatagramChannel channel = new NioDatagramChannel(family);
        channel.config()
                .setOption(
                        ChannelOption.RECVBUF_ALLOCATOR,
                        new FixedRecvByteBufAllocator(maxDatagramBytes).maxMessagesPerRead(DATAGRAMS_PER_WAKEUP));
        return new Opened(channel, maxDatagramBytes, false, () -> {}, "one datagram a system call");
    }
}
