package dev.culvert.udp;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import java.io.IOException;

/**
 * The kernel's buffers of a UDP socket. The default of about 200 KB is three full receives; what does not fit is
 * dropped by the kernel, and no counter of ours sees it. Never fails: a small buffer loses datagrams under load, and is
 * no reason not to start.
 */
final class SocketBuffers {
    private static final int WANTED_BYTES = 4 << 20;

    private SocketBuffers() {}

    /** Says what came of it. */
    static String enlarge(LaneSocket socket) throws IOException {
        boolean forced = socket.tryToForceBuffers(WANTED_BYTES);
        if (!forced) {
            socket.setReceiveBufferSize(WANTED_BYTES);
            socket.setSendBufferSize(WANTED_BYTES);
        }
        return text(socket.getReceiveBufferSize(), socket.getSendBufferSize(), forced);
    }

    /** The same for a socket of the JDK, which cannot pass the limits of the system. */
    static String enlarge(Channel channel) {
        var _ = trySet(channel, ChannelOption.SO_RCVBUF);
        var _ = trySet(channel, ChannelOption.SO_SNDBUF);
        return text(bytes(channel, ChannelOption.SO_RCVBUF), bytes(channel, ChannelOption.SO_SNDBUF), false);
    }

    private static boolean trySet(Channel channel, ChannelOption<Integer> option) {
        try {
            return channel.config().setOption(option, WANTED_BYTES);
        } catch (ChannelException _) {
            return false;
        }
    }

    private static int bytes(Channel channel, ChannelOption<Integer> option) {
        Integer bytes = channel.config().getOption(option);
        return bytes == null ? 0 : bytes;
    }

    private static String text(int receiveBytes, int sendBytes, boolean forced) {
        return "buffers %d/%d KiB%s"
                .formatted(receiveBytes / 1024, sendBytes / 1024, forced ? "" : " (limited by rmem_max, wmem_max)");
    }
}
