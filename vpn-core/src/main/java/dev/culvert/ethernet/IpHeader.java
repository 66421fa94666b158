package dev.culvert.ethernet;

import io.netty.buffer.ByteBuf;

/**
 * Layout of the IPv4 (RFC 791, section 3.1) and IPv6 (RFC 8200, section 3) headers, with accessors over a packet that
 * begins at {@code index}. The accessors trust that the bytes are there: ask {@link #isValid} first.
 */
public final class IpHeader {
    public static final int V4_TOTAL_LENGTH = 2;
    public static final int V4_IDENTIFICATION = 4;
    public static final int V4_FRAGMENT = 6;
    public static final int V4_PROTOCOL = 9;
    public static final int V4_CHECKSUM = 10;
    public static final int V4_SOURCE = 12;
    public static final int V4_DESTINATION = V4_SOURCE + Integer.BYTES;
    /** Without options. */
    public static final int V4_LENGTH = V4_DESTINATION + Integer.BYTES;

    public static final int V6_PAYLOAD_LENGTH = 4;
    public static final int V6_NEXT_HEADER = 6;
    public static final int V6_SOURCE = 8;
    public static final int V6_DESTINATION = V6_SOURCE + 2 * Long.BYTES;
    /** Without extension headers. */
    public static final int V6_LENGTH = V6_DESTINATION + 2 * Long.BYTES;

    public static final int PROTOCOL_ICMP = 1;
    public static final int PROTOCOL_TCP = 6;
    public static final int PROTOCOL_UDP = 17;
    public static final int PROTOCOL_ICMPV6 = 58;

    private static final int V4_FRAGMENT_OFFSET_MASK = 0x1fff;

    private IpHeader() {}

    /**
     * Whether the {@code length} bytes hold a whole packet by the lengths in its own header; more bytes may follow it
     * (WireGuard pads to 16, Ethernet to 60). Reads nothing beyond {@code length}.
     */
    public static boolean isValid(ByteBuf packet, int index, int length) {
        if (length < V4_LENGTH) {
            return false;
        }
        return switch (version(packet, index)) {
            case 4 -> {
                int headerBytes = headerBytes(packet, index);
                int packetBytes = packetBytes(packet, index);
                yield headerBytes >= V4_LENGTH && packetBytes >= headerBytes && packetBytes <= length;
            }
            case 6 -> packetBytes(packet, index) <= length; // never less than the header
            default -> false;
        };
    }

    /** 4, 6, or whatever else stands in the first four bits. */
    public static int version(ByteBuf packet, int index) {
        return (packet.getByte(index) >>> 4) & 0xf;
    }

    /** Bytes of the header: IPv4 with its options, IPv6 without extension headers. */
    public static int headerBytes(ByteBuf packet, int index) {
        return version(packet, index) == 4 ? (packet.getByte(index) & 0xf) * Integer.BYTES : V6_LENGTH;
    }

    /** Bytes of the whole packet as its header says, without padding. */
    public static int packetBytes(ByteBuf packet, int index) {
        return version(packet, index) == 4
                ? packet.getUnsignedShort(index + V4_TOTAL_LENGTH)
                : V6_LENGTH + packet.getUnsignedShort(index + V6_PAYLOAD_LENGTH);
    }

    /** The protocol of an IPv4 packet; of IPv6 the first next header, which may be an extension. */
    public static int protocol(ByteBuf packet, int index) {
        return packet.getUnsignedByte(index + (version(packet, index) == 4 ? V4_PROTOCOL : V6_NEXT_HEADER));
    }

    /** Whether an IPv4 packet is a fragment other than the first, and so begins in the middle of its payload. */
    public static boolean isLaterV4Fragment(ByteBuf packet, int index) {
        return (packet.getUnsignedShort(index + V4_FRAGMENT) & V4_FRAGMENT_OFFSET_MASK) != 0;
    }

    public static int v4Source(ByteBuf packet, int index) {
        return packet.getInt(index + V4_SOURCE);
    }

    public static int v4Destination(ByteBuf packet, int index) {
        return packet.getInt(index + V4_DESTINATION);
    }

    public static long v6SourceHigh(ByteBuf packet, int index) {
        return packet.getLong(index + V6_SOURCE);
    }

    public static long v6SourceLow(ByteBuf packet, int index) {
        return packet.getLong(index + V6_SOURCE + Long.BYTES);
    }

    public static long v6DestinationHigh(ByteBuf packet, int index) {
        return packet.getLong(index + V6_DESTINATION);
    }

    public static long v6DestinationLow(ByteBuf packet, int index) {
        return packet.getLong(index + V6_DESTINATION + Long.BYTES);
    }
}
