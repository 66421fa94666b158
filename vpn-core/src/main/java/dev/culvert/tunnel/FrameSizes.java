package dev.culvert.tunnel;

import dev.culvert.device.TapMode;
import dev.culvert.session.Session;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** Sizes that follow from the MTU of the device. */
final class FrameSizes {
    private static final int ETHERNET_HEADER_BYTES = 14;
    private static final int IPV4_HEADER_BYTES = 20;
    private static final int IPV6_HEADER_BYTES = 40;
    private static final int UDP_HEADER_BYTES = 8;
    /** A datagram cannot be longer, whatever a loopback device carries. */
    private static final int MAX_PATH_MTU = 65_535;
    /** An 802.1ad and an 802.1Q tag come on top of the MTU (IEEE 802.1ad "QinQ"). */
    private static final int VLAN_TAGS_BYTES = 8;
    /** EtherIP header or padding to 16 bytes. */
    private static final int PAYLOAD_OVERHEAD_BYTES = 17;

    /**
     * The MTU of "auto" in tap mode: fits a 1500-byte path over IPv6 (1500 - 40 - 8 - 32 - 2 - 14) and over IPv4. Both ends
     * of an Ethernet must have the same, so it does not depend on what one end knows of its path.
     */
    static final int AUTO_TAP_MTU = 1404;
    /** The MTU of "auto" in tun mode: what WireGuard takes. */
    static final int AUTO_TUN_MTU = 1420;

    /** An IP packet cannot be longer (RFC 791), and Ethernet and two tags come on top. */
    static final int MAX_SUPER_FRAME_BYTES = 65_535 + ETHERNET_HEADER_BYTES + VLAN_TAGS_BYTES;

    private FrameSizes() {}

    static int autoMtu(TapMode mode) {
        return mode == TapMode.TAP ? AUTO_TAP_MTU : AUTO_TUN_MTU;
    }

    /** The longest frame, or packet, that a device of this MTU gives or takes. */
    static int maxFrameBytes(TapMode mode, int mtu) {
        return mode == TapMode.TAP ? mtu + ETHERNET_HEADER_BYTES + VLAN_TAGS_BYTES : mtu;
    }

    /** What a datagram can carry for us over a path of this MTU to {@code remote}, which may not be known yet. */
    static int maxPayloadBytes(int pathMtu, @Nullable InetSocketAddress remote) {
        int ipHeader =
                remote == null || remote.getAddress() instanceof Inet6Address ? IPV6_HEADER_BYTES : IPV4_HEADER_BYTES;
        return Math.min(pathMtu, MAX_PATH_MTU) - ipHeader - UDP_HEADER_BYTES - Session.sealedBytes(0);
    }

    /** The longest datagram that carries one of them, or a handshake message. */
    static int maxDatagramBytes(TapMode mode, int mtu) {
        return Session.sealedBytes(maxFrameBytes(mode, mtu) + PAYLOAD_OVERHEAD_BYTES);
    }
}
