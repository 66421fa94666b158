package dev.culvert.tunnel;

import dev.culvert.device.TapMode;
import dev.culvert.session.Session;

/** Sizes that follow from the MTU of the device. */
final class FrameSizes {
    private static final int ETHERNET_HEADER_BYTES = 14;
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

    private FrameSizes() {}

    static int autoMtu(TapMode mode) {
        return mode == TapMode.TAP ? AUTO_TAP_MTU : AUTO_TUN_MTU;
    }

    /** The longest frame, or packet, that a device of this MTU gives or takes. */
    static int maxFrameBytes(TapMode mode, int mtu) {
        return mode == TapMode.TAP ? mtu + ETHERNET_HEADER_BYTES + VLAN_TAGS_BYTES : mtu;
    }

    /** The longest datagram that carries one of them, or a handshake message. */
    static int maxDatagramBytes(TapMode mode, int mtu) {
        return Session.sealedBytes(maxFrameBytes(mode, mtu) + PAYLOAD_OVERHEAD_BYTES);
    }
}
