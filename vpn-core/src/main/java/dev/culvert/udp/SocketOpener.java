package dev.culvert.udp;

import java.net.InetSocketAddress;

/** Opens, sets up and binds the socket of a lane. IP_MTU_DISCOVER stays as the kernel has it (WANT). */
interface SocketOpener {
    /**
     * On the lane's loop.
     *
     * @param ipv6 a socket of IPv6, which at {@code [::]} takes IPv4 too; else one of IPv4
     * @param remark for the socket's description
     * @throws UdpException naming the address, errno and remedy
     */
    UdpTransport open(InetSocketAddress listen, boolean ipv6, String remark) throws UdpException;
}
