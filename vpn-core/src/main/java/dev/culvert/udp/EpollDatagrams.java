package dev.culvert.udp;

import dev.culvert.metrics.Counters;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.socket.SocketProtocolFamily;

/**
 * Epoll channels: sendmmsg for what is flushed together, UDP_SEGMENT for bursts, and either UDP_GRO or recvmmsg for
 * receiving. Not both: with the two together Netty 4.2.18 loses the segment size and delivers a batch as one datagram.
 */
final class EpollDatagrams implements DatagramChannels {
    /** How datagrams are received. */
    enum Receive {
        /** One receive, up to 64 KB of datagrams of one sender. */
        GRO,
        /** One system call, one datagram in each of its buffers. */
        RECVMMSG
    }

    /** With UDP_GRO the kernel joins up to this, and a smaller buffer would cut the last datagrams off. */
    private static final int GRO_BYTES = 65_536;

    private static final int MESSAGES_PER_CALL = 32;

    /** Datagrams until the loop looks at the TAP again. */
    private static final int DATAGRAMS_PER_WAKEUP = 256;

    private final Receive receive;
    private final boolean segmentation;
    private final int maxDatagramBytes;
    private final Counters counters;

    EpollDatagrams(Receive receive, boolean segmentation, int maxDatagramBytes, Counters counters) {
        this.receive = receive;
        this.segmentation = segmentation;
        this.maxDatagramBytes = maxDatagramBytes;
        this.counters = counters;
    }

    static EpollDatagrams of(SocketOptions options, int maxDatagramBytes, Counters counters) {
        return new EpollDatagrams(
                options.offload() ? Receive.GRO : Receive.RECVMMSG, options.offload(), maxDatagramBytes, counters);
    }

    @Override
    public Opened open(SocketProtocolFamily family) {
        EpollDatagramChannel channel = new EpollDatagramChannel(family);
        boolean gro = receive == Receive.GRO && tryGro(channel);
        int bytes = gro ? GRO_BYTES : maxDatagramBytes * MESSAGES_PER_CALL;
        ReusedReceiveBuffer buffer = new ReusedReceiveBuffer(bytes, DATAGRAMS_PER_WAKEUP, counters);
        channel.config().setOption(ChannelOption.RECVBUF_ALLOCATOR, buffer);
        if (!gro) {
            channel.config().setOption(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, maxDatagramBytes);
        }
        boolean segments = segmentation && EpollDatagramChannel.isSegmentedDatagramPacketSupported();
        String batching = (gro ? "UDP_GRO" : "recvmmsg") + ", " + (segments ? "UDP_SEGMENT, sendmmsg" : "sendmmsg");
        return new Opened(channel, maxDatagramBytes, segments, buffer::release, batching);
    }

    private static boolean tryGro(EpollDatagramChannel channel) {
        try {
            return channel.config().setOption(EpollChannelOption.UDP_GRO, true);
        } catch (RuntimeException _) { // a kernel before 5.0
            return false;
        }
    }
}
