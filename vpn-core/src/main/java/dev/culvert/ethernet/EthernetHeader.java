package dev.culvert.ethernet;

import io.netty.buffer.ByteBuf;

/**
 * Layout of an Ethernet frame's header (IEEE 802.3), with accessors over a frame that begins at {@code index}. The
 * accessors trust that the bytes are there: ask {@link #LENGTH} or {@link #bytes} first.
 */
public final class EthernetHeader {
    public static final int DESTINATION = 0;
    public static final int SOURCE = DESTINATION + MacAddress.BYTES;
    public static final int TYPE = SOURCE + MacAddress.BYTES;
    /** Without VLAN tags. */
    public static final int LENGTH = TYPE + Short.BYTES;

    public static final int TYPE_IPV4 = 0x0800;
    public static final int TYPE_ARP = 0x0806;
    public static final int TYPE_IPV6 = 0x86dd;
    /** IEEE 802.1Q. */
    public static final int TYPE_VLAN = 0x8100;
    /** IEEE 802.1ad, the outer tag of two. */
    public static final int TYPE_SERVICE_VLAN = 0x88a8;

    /** Tag control information, then the type of what follows. */
    public static final int VLAN_TAG_BYTES = 2 * Short.BYTES;

    /** A deeper frame keeps a tag as its payload type. As deep as Linux looks: VLAN_MAX_DEPTH in linux/if_vlan.h. */
    static final int MAX_VLAN_TAGS = 8;

    /** {@link #bytes} of a frame that ends inside its header. */
    public static final int TRUNCATED = -1;

    private EthernetHeader() {}

    public static long destination(ByteBuf frame, int index) {
        return frame.getLong(index + DESTINATION) >>> Short.SIZE;
    }

    public static long source(ByteBuf frame, int index) {
        return frame.getLong(index + SOURCE - Short.BYTES) & MacAddress.BROADCAST_BITS;
    }

    /** The type as it stands behind the addresses: of the outermost VLAN tag, if there is one. */
    public static int type(ByteBuf frame, int index) {
        return frame.getUnsignedShort(index + TYPE);
    }

    /** Bytes of the header with its VLAN tags, or {@link #TRUNCATED}. Reads nothing beyond {@code length}. */
    public static int bytes(ByteBuf frame, int index, int length) {
        int bytes = LENGTH;
        for (int tags = 0; bytes <= length; tags++) {
            if (tags == MAX_VLAN_TAGS || !isVlan(payloadType(frame, index, bytes))) {
                return bytes;
            }
            bytes += VLAN_TAG_BYTES;
        }
        return TRUNCATED;
    }

    /** The type behind the VLAN tags; {@code headerBytes} as {@link #bytes} told them. */
    public static int payloadType(ByteBuf frame, int index, int headerBytes) {
        return frame.getUnsignedShort(index + headerBytes - Short.BYTES);
    }

    private static boolean isVlan(int type) {
        return type == TYPE_VLAN || type == TYPE_SERVICE_VLAN;
    }
}
