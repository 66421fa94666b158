package dev.culvert.udp;

import io.netty.channel.ChannelException;
import io.netty.channel.epoll.Epoll;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.util.OptionalInt;

/**
 * What the kernel knows of the way to an address: the MTU of the route, or less where a router has said so (RFC 1191,
 * RFC 8201; IP_MTU in ip(7), IPV6_MTU in ipv6(7)). Callable from any thread; sends nothing.
 */
public final class PathMtu {
    private static final int IPPROTO_IP = 0;
    private static final int IP_MTU = 14;
    private static final int IPPROTO_IPV6 = 41;
    private static final int IPV6_MTU = 24;

    private PathMtu() {}

    /** The largest IP packet, bytes; empty when there is no route, or without the native library. */
    public static OptionalInt to(InetSocketAddress remote) {
        if (!Epoll.isAvailable()) {
            return OptionalInt.empty();
        }
        boolean ipv6 = remote.getAddress() instanceof Inet6Address;
        LaneSocket socket = null;
        try {
            socket = LaneSocket.open(ipv6);
            boolean _ = socket.connect(remote);
            return OptionalInt.of(
                    ipv6 ? socket.getIntOpt(IPPROTO_IPV6, IPV6_MTU) : socket.getIntOpt(IPPROTO_IP, IP_MTU));
        } catch (IOException | ChannelException _) {
            return OptionalInt.empty();
        } finally {
            if (socket != null) {
                socket.closeQuietly();
            }
        }
    }
}
