package dev.culvert.device.linux;

import dev.culvert.ethernet.IpPrefix;
import dev.culvert.ethernet.MacAddress;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** The rtnetlink requests a device needs, one method each. */
final class Requests {
    private static final int CREATE = Rtnetlink.NLM_F_ACK | Rtnetlink.NLM_F_CREATE | Rtnetlink.NLM_F_EXCL;

    private Requests() {}

    static NetlinkMessage link(String name) {
        return ifinfomsg(new NetlinkMessage(Rtnetlink.RTM_GETLINK, Rtnetlink.NLM_F_ACK), 0, 0, 0)
                .attribute(Rtnetlink.IFLA_IFNAME, name);
    }

    static NetlinkMessage link(int index) {
        return ifinfomsg(new NetlinkMessage(Rtnetlink.RTM_GETLINK, Rtnetlink.NLM_F_ACK), index, 0, 0);
    }

    static NetlinkMessage mtu(int index, int bytes) {
        return linkChange(index, 0, 0).attribute(Rtnetlink.IFLA_MTU, bytes);
    }

    static NetlinkMessage txQueue(int index, int frames) {
        return linkChange(index, 0, 0).attribute(Rtnetlink.IFLA_TXQLEN, frames);
    }

    static NetlinkMessage hardwareAddress(int index, MacAddress address) {
        byte[] bits = ByteBuffer.allocate(Long.BYTES).putLong(address.bits()).array();
        return linkChange(index, 0, 0)
                .attribute(Rtnetlink.IFLA_ADDRESS, Arrays.copyOfRange(bits, Long.BYTES - MacAddress.BYTES, Long.BYTES));
    }

    /** {@code masterIndex} 0 leaves the bridge. */
    static NetlinkMessage master(int index, int masterIndex) {
        return linkChange(index, 0, 0).attribute(Rtnetlink.IFLA_MASTER, masterIndex);
    }

    static NetlinkMessage up(int index) {
        return linkChange(index, Rtnetlink.IFF_UP, Rtnetlink.IFF_UP);
    }

    static NetlinkMessage down(int index) {
        return linkChange(index, 0, Rtnetlink.IFF_UP);
    }

    private static NetlinkMessage linkChange(int index, int flags, int changedFlags) {
        NetlinkMessage message = new NetlinkMessage(Rtnetlink.RTM_NEWLINK, Rtnetlink.NLM_F_ACK);
        return ifinfomsg(message, index, flags, changedFlags);
    }

    private static NetlinkMessage ifinfomsg(NetlinkMessage message, int index, int flags, int changedFlags) {
        return message.int8(0) // family
                .int8(0)
                .int16(0) // type of hardware
                .int32(index)
                .int32(flags)
                .int32(changedFlags);
    }

    static NetlinkMessage addAddress(int index, IpPrefix address) {
        // Duplicate address detection would keep an IPv6 address unusable for a second or more.
        int flags = isIpv4(address.address()) ? 0 : Rtnetlink.IFA_F_NODAD;
        return ifaddrmsg(new NetlinkMessage(Rtnetlink.RTM_NEWADDR, CREATE), index, address, flags);
    }

    static NetlinkMessage removeAddress(int index, IpPrefix address) {
        return ifaddrmsg(new NetlinkMessage(Rtnetlink.RTM_DELADDR, Rtnetlink.NLM_F_ACK), index, address, 0);
    }

    private static NetlinkMessage ifaddrmsg(NetlinkMessage message, int index, IpPrefix address, int flags) {
        byte[] bytes = address.address().getAddress();
        return message.int8(family(address.address()))
                .int8(address.prefixBits())
                .int8(flags)
                .int8(Rtnetlink.RT_SCOPE_UNIVERSE)
                .int32(index)
                .attribute(Rtnetlink.IFA_LOCAL, bytes)
                .attribute(Rtnetlink.IFA_ADDRESS, bytes);
    }

    static NetlinkMessage addRoute(int index, IpPrefix network) {
        return rtmsg(new NetlinkMessage(Rtnetlink.RTM_NEWROUTE, CREATE), index, network);
    }

    static NetlinkMessage removeRoute(int index, IpPrefix network) {
        return rtmsg(new NetlinkMessage(Rtnetlink.RTM_DELROUTE, Rtnetlink.NLM_F_ACK), index, network);
    }

    private static NetlinkMessage rtmsg(NetlinkMessage message, int index, IpPrefix network) {
        // IPv6 has no use for the scope; iproute2 sends the widest.
        int scope = isIpv4(network.address()) ? Rtnetlink.RT_SCOPE_LINK : Rtnetlink.RT_SCOPE_UNIVERSE;
        return message.int8(family(network.address()))
                .int8(network.prefixBits())
                .int8(0) // source length
                .int8(0) // type of service
                .int8(Rtnetlink.RT_TABLE_MAIN)
                .int8(Rtnetlink.RTPROT_STATIC)
                .int8(scope)
                .int8(Rtnetlink.RTN_UNICAST)
                .int32(0)
                .attribute(Rtnetlink.RTA_DST, network.address().getAddress())
                .attribute(Rtnetlink.RTA_OIF, index);
    }

    /** All routes of the address family of {@code network}: the kernel has no question for just one of them. */
    static NetlinkMessage routesLike(IpPrefix network) {
        return new NetlinkMessage(Rtnetlink.RTM_GETROUTE, Rtnetlink.NLM_F_DUMP)
                .int8(family(network.address()))
                .int8(0)
                .int16(0)
                .int32(0)
                .int32(0);
    }

    private static int family(InetAddress address) {
        return isIpv4(address) ? LibC.AF_INET : LibC.AF_INET6;
    }

    static boolean isIpv4(InetAddress address) {
        return address.getAddress().length == Integer.BYTES;
    }
}
