package dev.culvert.udp;

import dev.culvert.udp.io.MessageSender;
import io.netty.channel.ChannelException;
import java.io.IOException;
import java.net.InetSocketAddress;

/** Sockets that a lane calls on by itself, in its loop's epoll set. */
final class EpollSockets implements SocketOpener {
    /** With UDP_GRO the kernel joins up to this, and a smaller buffer would cut the last datagrams off. */
    private static final int JOINED_BYTES = 65_536;

    /** Messages a receive: small datagrams are not always joined, large ones fill a core's cache. */
    private static final int JOINED_MESSAGES = 4;

    private static final int SINGLE_MESSAGES = 32;

    private final LoopThread thread;
    private final SocketOptions options;
    private final int maxDatagramBytes;

    EpollSockets(LoopThread thread, SocketOptions options, int maxDatagramBytes) {
        this.thread = thread;
        this.options = options;
        this.maxDatagramBytes = maxDatagramBytes;
    }

    /**
     * What is known of a socket.
     *
     * @param slots messages a receive, each of at most {@code slotBytes}
     * @param maxDatagramBytes what is longer is to be cut off, which UDP_GRO does not do by itself
     * @param segmentation whether it can send with UDP_SEGMENT
     * @param text for {@code status}: how it receives and sends
     */
    record Setup(boolean ipv6, int slots, int slotBytes, int maxDatagramBytes, boolean segmentation, String text) {}

    @Override
    public UdpTransport open(InetSocketAddress listen, boolean ipv6, String remark) throws UdpException {
        LaneSocket socket;
        try {
            socket = LaneSocket.open(ipv6);
        } catch (ChannelException e) {
            throw BindFailure.explain(listen, e);
        }
        try {
            Setup setup = setUp(socket, ipv6, remark);
            socket.bind(listen);
            return new EpollUdpTransport(thread, socket, setup, new MessageSender(socket.number(), ipv6));
        } catch (IOException e) {
            socket.closeQuietly();
            throw BindFailure.explain(listen, e);
        } catch (RuntimeException | Error e) { // no memory, no native access
            socket.closeQuietly();
            throw e;
        }
    }

    private Setup setUp(LaneSocket socket, boolean ipv6, String remark) throws IOException {
        if (options.sharedPort()) {
            socket.setReusePort(true);
        }
        boolean gro = options.offload() && socket.tryGro();
        boolean segmentation = options.offload() && socket.hasSegmentation();
        String text = "%s, %s, %s%s"
                .formatted(
                        gro ? "UDP_GRO, recvmmsg" : "recvmmsg",
                        segmentation ? "UDP_SEGMENT, sendmmsg" : "sendmmsg",
                        SocketBuffers.enlarge(socket),
                        remark);
        return gro
                ? new Setup(ipv6, JOINED_MESSAGES, JOINED_BYTES, maxDatagramBytes, segmentation, text)
                : new Setup(ipv6, SINGLE_MESSAGES, maxDatagramBytes, maxDatagramBytes, segmentation, text);
    }
}
