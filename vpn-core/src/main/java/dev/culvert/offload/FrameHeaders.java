package dev.culvert.offload;

import dev.culvert.ethernet.EthernetHeader;
import dev.culvert.ethernet.IpHeader;
import io.netty.buffer.ByteBuf;

/**
 * Where the headers of a frame lie: Ethernet with VLAN tags, IPv4 with options or IPv6 with extension headers, TCP with
 * options or UDP. Both ends of the tunnel find a partial checksum by this, so both must find the same. Reused from frame
 * to frame; offsets count from the frame's first byte. Reads nothing beyond the frame.
 */
final class FrameHeaders {
    enum Kind {
        /** A whole TCP segment. */
        TCP,
        /** A whole UDP datagram. */
        UDP,
        /** No IP, or a protocol that is neither: it belongs to no flow of TCP or UDP. */
        OTHER,
        /** A fragment, or malformed: it may belong to any flow. */
        UNCERTAIN;

        boolean hasChecksum() {
            return this == TCP || this == UDP;
        }
    }

    /** More than two VLAN tags, IPv4 and TCP can have; longer chains of IPv6 extension headers are {@code UNCERTAIN}. */
    static final int MAX_BYTES = 256;

    /** A fragment's offset, and the flag that more follow. */
    private static final int V4_IS_FRAGMENT = 0x3fff;

    private static final int V4_DONT_FRAGMENT = 0x4000;

    // RFC 8200, section 4: length in units of 8 bytes without the first, in the second byte
    private static final int HOP_BY_HOP = 0;
    private static final int ROUTING = 43;
    private static final int FRAGMENT = 44;
    private static final int DESTINATION_OPTIONS = 60;
    private static final int EXTENSION_UNIT_BYTES = 8;

    private Kind kind = Kind.OTHER;
    private boolean v4;
    private int network;
    private int transport;
    private int payload;
    private int end;

    Kind parse(ByteBuf frame, int index, int length) {
        kind = find(frame, index, length);
        return kind;
    }

    private Kind find(ByteBuf frame, int index, int length) {
        network = EthernetHeader.bytes(frame, index, length);
        if (network == EthernetHeader.TRUNCATED) {
            return Kind.UNCERTAIN;
        }
        int type = EthernetHeader.payloadType(frame, index, network);
        v4 = type == EthernetHeader.TYPE_IPV4;
        if (!v4 && type != EthernetHeader.TYPE_IPV6) {
            return Kind.OTHER;
        }
        int packet = index + network;
        if (!IpHeader.isValid(frame, packet, length - network) || IpHeader.version(frame, packet) != (v4 ? 4 : 6)) {
            return Kind.UNCERTAIN;
        }
        end = network + IpHeader.packetBytes(frame, packet);
        transport = network + IpHeader.headerBytes(frame, packet);
        if (v4) {
            boolean isFragment = (frame.getShort(packet + IpHeader.V4_FRAGMENT) & V4_IS_FRAGMENT) != 0;
            return isFragment ? Kind.UNCERTAIN : onProtocol(IpHeader.protocol(frame, packet), frame, index);
        }
        return behindExtensions(IpHeader.protocol(frame, packet), frame, index);
    }

    private Kind behindExtensions(int firstHeader, ByteBuf frame, int index) {
        int header = firstHeader;
        while (header == HOP_BY_HOP || header == ROUTING || header == DESTINATION_OPTIONS) {
            if (transport + EXTENSION_UNIT_BYTES > end || transport > MAX_BYTES) {
                return Kind.UNCERTAIN;
            }
            header = frame.getUnsignedByte(index + transport);
            transport += (frame.getUnsignedByte(index + transport + 1) + 1) * EXTENSION_UNIT_BYTES;
        }
        return header == FRAGMENT ? Kind.UNCERTAIN : onProtocol(header, frame, index);
    }

    private Kind onProtocol(int protocol, ByteBuf frame, int index) {
        return switch (protocol) {
            case IpHeader.PROTOCOL_TCP -> onTcp(frame, index);
            case IpHeader.PROTOCOL_UDP -> onUdp(frame, index);
            default -> Kind.OTHER;
        };
    }

    private Kind onTcp(ByteBuf frame, int index) {
        if (transport + TcpHeader.LENGTH > end) {
            return Kind.UNCERTAIN;
        }
        int headerBytes = (frame.getUnsignedByte(index + transport + TcpHeader.DATA_OFFSET) >>> 4) * Integer.BYTES;
        payload = transport + headerBytes;
        return headerBytes >= TcpHeader.LENGTH && payload <= Math.min(end, MAX_BYTES) ? Kind.TCP : Kind.UNCERTAIN;
    }

    private Kind onUdp(ByteBuf frame, int index) {
        payload = transport + UdpHeader.LENGTH;
        if (payload > Math.min(end, MAX_BYTES)) {
            return Kind.UNCERTAIN;
        }
        int datagramBytes = frame.getUnsignedShort(index + transport + UdpHeader.DATAGRAM_LENGTH);
        return datagramBytes == end - transport ? Kind.UDP : Kind.UNCERTAIN;
    }

    /** As {@link #parse} told. What follows is defined for {@link Kind#TCP} and {@link Kind#UDP} only. */
    Kind kind() {
        return kind;
    }

    boolean isV4() {
        return v4;
    }

    int network() {
        return network;
    }

    int transport() {
        return transport;
    }

    int tcpOptions() {
        return transport + TcpHeader.LENGTH;
    }

    /** Also: how many bytes all headers have. */
    int payload() {
        return payload;
    }

    /** Behind the packet; the frame may be longer (Ethernet pads to 60 bytes). */
    int end() {
        return end;
    }

    int payloadBytes() {
        return end - payload;
    }

    /** Of header and payload: the length that the pseudo-header counts (RFC 9293 section 3.1, RFC 8200 section 8.1). */
    int transportBytes() {
        return end - transport;
    }

    int checksumOffset() {
        return kind == Kind.TCP ? TcpHeader.CHECKSUM : UdpHeader.CHECKSUM;
    }

    /** Of the frame. */
    int checksumField() {
        return transport + checksumOffset();
    }

    /** An IPv4 packet that may not be fragmented: its identification means nothing (RFC 6864, section 4.1). */
    static boolean isAtomic(ByteBuf frame, int packet) {
        return (frame.getShort(packet + IpHeader.V4_FRAGMENT) & V4_DONT_FRAGMENT) != 0;
    }

    /** The sum of the pseudo-header less the length, from a partial checksum: the same for all segments of a super-frame. */
    int pseudoSum(ByteBuf frame, int index) {
        return Checksums.fold(
                (long) frame.getUnsignedShort(index + checksumField()) + Checksums.complement(transportBytes()));
    }

    /** Whether a partial checksum said to be there is that of this frame's TCP or UDP. */
    boolean isChecksumAt(int checksumStart, int checksumOffset) {
        return kind.hasChecksum() && checksumStart == transport && checksumOffset == checksumOffset();
    }
}
