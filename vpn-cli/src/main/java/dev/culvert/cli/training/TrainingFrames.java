package dev.culvert.cli.training;

import dev.culvert.ethernet.EthernetHeader;
import dev.culvert.ethernet.IpHeader;
import dev.culvert.ethernet.MacAddress;
import dev.culvert.offload.Checksums;
import dev.culvert.offload.VirtioNetHeader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * Frames from one station to another, as a device with offloads gives them: a virtio header (struct virtio_net_hdr_v1,
 * linux/virtio_net.h) and the sum of the pseudo-header in place of a checksum. Owns its buffers, which are direct.
 */
final class TrainingFrames implements AutoCloseable {
    private static final int SEGMENT_BYTES = 1352;
    private static final int SEGMENTS = 45;
    private static final int DATAGRAM_BYTES = 64;

    private static final int NETWORK = VirtioNetHeader.BYTES + EthernetHeader.LENGTH;
    private static final int TRANSPORT = NETWORK + IpHeader.V4_LENGTH;
    private static final int TCP_BYTES = 32; // with time stamps (RFC 7323)
    private static final int TCP_SEQUENCE = 4;
    private static final int TCP_CHECKSUM = 16;
    private static final int UDP_BYTES = 8;
    private static final int UDP_CHECKSUM = 6;
    private static final byte[] TCP_DATA_OFFSET_AND_ACK = {(byte) ((TCP_BYTES / Integer.BYTES) << 4), 0x10};
    private static final byte[] TIME_STAMPS = {1, 1, 8, 10, 0, 0, 0, 1, 0, 0, 0, 1};

    private static final byte NEEDS_CHECKSUM = 1;
    private static final byte GSO_TCPV4 = 1;
    private static final byte VERSION_AND_LENGTH = 0x45;
    private static final byte HOPS = 64;
    private static final int DO_NOT_FRAGMENT = 0x4000;
    private static final int PORT = 5201;

    private final ByteBuf superFrame;
    private final ByteBuf acknowledgment;
    private final ByteBuf datagram;
    private int sequence;

    /** @param number of the sender, 1 or 2 */
    TrainingFrames(MacAddress from, MacAddress to, int number) {
        superFrame = packet(from, to, number, IpHeader.PROTOCOL_TCP, TCP_BYTES + SEGMENTS * SEGMENT_BYTES);
        acknowledgment = packet(from, to, number, IpHeader.PROTOCOL_TCP, TCP_BYTES);
        datagram = packet(from, to, number, IpHeader.PROTOCOL_UDP, UDP_BYTES + DATAGRAM_BYTES);
        writeTcp(superFrame);
        writeTcp(acknowledgment);
        superFrame.setByte(1, GSO_TCPV4).setShortLE(4, SEGMENT_BYTES);
        datagram.setShort(TRANSPORT, PORT)
                .setShort(TRANSPORT + Short.BYTES, PORT)
                .setShort(TRANSPORT + 2 * Short.BYTES, UDP_BYTES + DATAGRAM_BYTES);
    }

    /** TCP of {@value #SEGMENTS} segments, which follow those of the last call. */
    ByteBuf superFrame() {
        superFrame.setInt(TRANSPORT + TCP_SEQUENCE, sequence);
        sequence += SEGMENTS * SEGMENT_BYTES;
        return superFrame;
    }

    /** TCP without payload. */
    ByteBuf acknowledgment() {
        return acknowledgment;
    }

    /** A small one of UDP. */
    ByteBuf datagram() {
        return datagram;
    }

    private static ByteBuf packet(MacAddress from, MacAddress to, int number, int protocol, int transportBytes) {
        boolean tcp = protocol == IpHeader.PROTOCOL_TCP;
        int checksum = tcp ? TCP_CHECKSUM : UDP_CHECKSUM;
        ByteBuf frame = Unpooled.directBuffer(TRANSPORT + transportBytes);
        frame.writeByte(NEEDS_CHECKSUM)
                .writeByte(0)
                .writeShortLE(TRANSPORT - VirtioNetHeader.BYTES + (tcp ? TCP_BYTES : UDP_BYTES))
                .writeShortLE(0)
                .writeShortLE(TRANSPORT - VirtioNetHeader.BYTES)
                .writeShortLE(checksum)
                .writeShortLE(0);
        frame.writeLong(to.bits() << Short.SIZE | from.bits() >>> Integer.SIZE)
                .writeInt((int) from.bits())
                .writeShort(EthernetHeader.TYPE_IPV4);
        frame.writeByte(VERSION_AND_LENGTH)
                .writeByte(0)
                .writeShort(IpHeader.V4_LENGTH + transportBytes)
                .writeShort(0)
                .writeShort(DO_NOT_FRAGMENT)
                .writeByte(HOPS)
                .writeByte(protocol)
                .writeShort(0)
                .writeInt(address(number))
                .writeInt(address(3 - number));
        Checksums.writeIpv4Header(frame, NETWORK);
        frame.writeZero(transportBytes);
        int addresses = Checksums.sum(frame, NETWORK + IpHeader.V4_SOURCE, 2 * Integer.BYTES);
        return frame.setShort(TRANSPORT + checksum, Checksums.fold(addresses + protocol + transportBytes));
    }

    private static void writeTcp(ByteBuf frame) {
        frame.setShort(TRANSPORT, PORT)
                .setShort(TRANSPORT + Short.BYTES, PORT)
                .setBytes(TRANSPORT + 12, TCP_DATA_OFFSET_AND_ACK)
                .setShort(TRANSPORT + 14, PORT) // the window, which nobody looks at
                .setBytes(TRANSPORT + 20, TIME_STAMPS);
    }

    private static int address(int number) {
        return 10 << 24 | number;
    }

    @Override
    public void close() {
        superFrame.release();
        acknowledgment.release();
        datagram.release();
    }
}
