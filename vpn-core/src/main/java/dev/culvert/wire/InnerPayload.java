package dev.culvert.wire;

import io.netty.buffer.ByteBuf;

/**
 * What an opened transport message carries: the first nibble says what it is (docs/protocol.md, "Inner payload"). A
 * payload is given as its buffer, where it begins and how long it is; no method moves the buffer's indices or allocates.
 */
public final class InnerPayload {
    /** What a payload claims to be by its first nibble; its length is not checked yet. */
    public enum Kind {
        KEEPALIVE,
        IPV4,
        IPV6,
        ETHERNET,
        FRAGMENT,
        CONTROL,
        UNKNOWN
    }

    /** What the length methods answer when a payload is not what its first nibble says. */
    public static final int MALFORMED = -1;

    /** The header in front of an Ethernet frame: as in EtherIP, RFC 3378. */
    public static final int ETHERNET_HEADER_BYTES = 2;

    /** The frame's TCP or UDP checksum covers the pseudo-header only. */
    static final int FLAG_CHECKSUM_PARTIAL = 1;

    private static final int NIBBLE_ETHERNET = 3;
    private static final int MAX_PADDING = 15;
    /** Two addresses and a type: what is shorter is no Ethernet frame. */
    private static final int MIN_FRAME_BYTES = 14;

    private InnerPayload() {}

    public static Kind kindOf(ByteBuf buffer, int index, int payloadLength) {
        if (payloadLength == 0) {
            return Kind.KEEPALIVE;
        }
        return switch (nibble(buffer, index)) {
            case 1 -> Kind.CONTROL;
            case 2 -> Kind.FRAGMENT;
            case NIBBLE_ETHERNET -> Kind.ETHERNET;
            case 4 -> Kind.IPV4;
            case 6 -> Kind.IPV6;
            default -> Kind.UNKNOWN;
        };
    }

    /** Zero bytes to append to an IP packet: WireGuard pads to a multiple of 16. */
    public static int paddingFor(int packetLength) {
        return -packetLength & MAX_PADDING;
    }

    /** {@code padding} says how many zero bytes, 0 to 15, follow the frame. */
    public static void writeEthernetHeader(ByteBuf buffer, int index, boolean checksumPartial, int padding) {
        int flags = checksumPartial ? FLAG_CHECKSUM_PARTIAL : 0;
        buffer.setByte(index, NIBBLE_ETHERNET << 4 | flags);
        buffer.setByte(index + 1, padding);
    }

    /** How long the frame behind the header is, padding taken off; or {@link #MALFORMED}. */
    public static int ethernetFrameLength(ByteBuf buffer, int index, int payloadLength) {
        if (payloadLength < ETHERNET_HEADER_BYTES) {
            return MALFORMED;
        }
        int kindAndFlags = buffer.getUnsignedByte(index);
        int padding = buffer.getUnsignedByte(index + 1);
        // Unknown flags change what the frame means, and the upper nibble is reserved: fail safe on both.
        if ((kindAndFlags & ~FLAG_CHECKSUM_PARTIAL) != NIBBLE_ETHERNET << 4 || padding > MAX_PADDING) {
            return MALFORMED;
        }
        int frameLength = payloadLength - ETHERNET_HEADER_BYTES - padding;
        return frameLength >= MIN_FRAME_BYTES ? frameLength : MALFORMED;
    }

    /** Of a payload whose {@link #ethernetFrameLength} is not {@link #MALFORMED}. */
    public static boolean isChecksumPartial(ByteBuf buffer, int index) {
        return (buffer.getByte(index) & FLAG_CHECKSUM_PARTIAL) != 0;
    }

    private static int nibble(ByteBuf buffer, int index) {
        return buffer.getUnsignedByte(index) >>> 4;
    }
}
