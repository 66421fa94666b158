package dev.culvert.offload;

import dev.culvert.ethernet.EthernetHeader;
import dev.culvert.ethernet.IpHeader;
import io.netty.buffer.ByteBuf;

/**
 * What stands in front of every frame of a TAP with offloads: {@code struct virtio_net_hdr_v1} of linux/virtio_net.h
 * (virtio 1.2, section 5.1.6). Integers are in the byte order of the machine (drivers/net/tun.c: tun_is_little_endian),
 * which on all that Culvert is built for, x86-64 and arm64, is little-endian.
 */
public final class VirtioNetHeader {
    static final int FLAGS = 0;
    static final int GSO_TYPE = FLAGS + Byte.BYTES;
    static final int HEADER_LENGTH = GSO_TYPE + Byte.BYTES;
    static final int GSO_SIZE = HEADER_LENGTH + Short.BYTES;
    static final int CHECKSUM_START = GSO_SIZE + Short.BYTES;
    static final int CHECKSUM_OFFSET = CHECKSUM_START + Short.BYTES;
    static final int BUFFERS = CHECKSUM_OFFSET + Short.BYTES;
    public static final int BYTES = BUFFERS + Short.BYTES;

    /** The checksum at start + offset holds the sum of the pseudo-header; that from start to the end is to be added. */
    static final int FLAG_NEEDS_CHECKSUM = 1;
    /** The checksum was found right. */
    static final int FLAG_DATA_VALID = 2;

    static final int GSO_NONE = 0;
    static final int GSO_TCPV4 = 1;
    static final int GSO_TCPV6 = 4;
    /** UDP datagrams of one flow back to back, IPv4 and IPv6 alike; not the older UFO, which is type 3. */
    static final int GSO_UDP = 5;
    /** A bit beside a TCP type: CWR is set, and belongs to the first segment only. */
    static final int GSO_ECN = 0x80;

    /** The kernel keeps this gso_size for itself (linux/skbuff.h: GSO_BY_FRAGS) and refuses it from others. */
    private static final int GSO_BY_FRAGS = 0xffff;

    private VirtioNetHeader() {}

    static boolean needsChecksum(ByteBuf buffer, int index) {
        return (buffer.getByte(index + FLAGS) & FLAG_NEEDS_CHECKSUM) != 0;
    }

    /** Without {@link #GSO_ECN}. */
    static int gsoType(ByteBuf buffer, int index) {
        return buffer.getUnsignedByte(index + GSO_TYPE) & ~GSO_ECN;
    }

    static int gsoSize(ByteBuf buffer, int index) {
        return buffer.getUnsignedShortLE(index + GSO_SIZE);
    }

    static int checksumStart(ByteBuf buffer, int index) {
        return buffer.getUnsignedShortLE(index + CHECKSUM_START);
    }

    static int checksumOffset(ByteBuf buffer, int index) {
        return buffer.getUnsignedShortLE(index + CHECKSUM_OFFSET);
    }

    /** Nothing is left to be done on the frame. */
    public static void writeNone(ByteBuf buffer, int index) {
        buffer.setLong(index, 0);
        buffer.setInt(index + Long.BYTES, 0);
    }

    /** The checksum is left to be completed, and nothing else. */
    static void writeNeedsChecksum(ByteBuf buffer, int index, FrameHeaders headers) {
        buffer.setByte(index + FLAGS, FLAG_NEEDS_CHECKSUM);
        buffer.setByte(index + GSO_TYPE, GSO_NONE);
        buffer.setShortLE(index + HEADER_LENGTH, headers.payload());
        buffer.setShortLE(index + GSO_SIZE, 0);
        buffer.setShortLE(index + CHECKSUM_START, headers.transport());
        buffer.setShortLE(index + CHECKSUM_OFFSET, headers.checksumOffset());
        buffer.setShortLE(index + BUFFERS, 0);
    }

    /** Makes a super-frame of a frame whose header {@link #writeNeedsChecksum} wrote. */
    static void setGso(ByteBuf buffer, int index, int type, int size) {
        buffer.setByte(index + GSO_TYPE, type);
        buffer.setShortLE(index + GSO_SIZE, size);
    }

    /**
     * Whether the header makes sense in front of a frame of this length. What the kernel sends is such; what is such, it
     * takes (linux/virtio_net.h: virtio_net_hdr_to_skb, and tun_get_user for the header length).
     */
    static boolean isValid(ByteBuf buffer, int index, int frameLength) {
        int flags = buffer.getUnsignedByte(index + FLAGS);
        if ((flags & ~(FLAG_NEEDS_CHECKSUM | FLAG_DATA_VALID)) != 0) {
            return false; // an unknown flag may change what the fields mean, as RSC_INFO does
        }
        return (!needsChecksum(buffer, index) || isChecksumInside(buffer, index, frameLength))
                && (buffer.getByte(index + GSO_TYPE) == GSO_NONE || isGsoValid(buffer, index, frameLength));
    }

    private static boolean isChecksumInside(ByteBuf buffer, int index, int frameLength) {
        int start = checksumStart(buffer, index);
        return start >= EthernetHeader.LENGTH + IpHeader.V4_LENGTH
                && start + checksumOffset(buffer, index) + Short.BYTES <= frameLength;
    }

    private static boolean isGsoValid(ByteBuf buffer, int index, int frameLength) {
        boolean ecn = (buffer.getByte(index + GSO_TYPE) & GSO_ECN) != 0;
        boolean known = switch (gsoType(buffer, index)) {
            case GSO_TCPV4, GSO_TCPV6 -> true;
            case GSO_UDP -> !ecn;
            default -> false;
        };
        int size = gsoSize(buffer, index);
        // virtio 1.2, section 5.1.6.2.1: with a gso_type, NEEDS_CSUM must be set
        return known
                && needsChecksum(buffer, index)
                && size > 0
                && size < GSO_BY_FRAGS
                && buffer.getUnsignedShortLE(index + HEADER_LENGTH) <= frameLength;
    }
}
