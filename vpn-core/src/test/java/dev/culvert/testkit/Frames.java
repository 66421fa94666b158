package dev.culvert.testkit;

import dev.culvert.ethernet.EthernetHeader;
import dev.culvert.ethernet.IpHeader;
import dev.culvert.ethernet.MacAddress;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Random;

/**
 * Frames and packets as a kernel would send them, checksums included. Addresses are text; a packet is IPv4 or IPv6 as
 * its addresses are. Everything is a {@code byte[]}; {@link #buffer} makes a direct buffer of it, which the caller releases.
 */
public final class Frames {
    public static final int UDP_HEADER_BYTES = 8;
    public static final int ICMP_HEADER_BYTES = 8;

    private static final int ARP_REQUEST = 1;
    private static final int ARP_REPLY = 2;
    private static final byte TTL = 64;

    private Frames() {}

    /** Owned by the caller. */
    public static ByteBuf buffer(byte[] bytes) {
        return bufferAt(0, bytes);
    }

    /** The bytes stand at {@code index}, where the reader index points to; garbage before them. Owned by the caller. */
    public static ByteBuf bufferAt(int index, byte[] bytes) {
        ByteBuf buffer = PooledByteBufAllocator.DEFAULT.directBuffer(index + bytes.length);
        return buffer.writeBytes(payload(index, -1)).skipBytes(index).writeBytes(bytes);
    }

    /** A payload to recognize: other bytes for another {@code seed}, and no short period. */
    public static byte[] payload(int length, long seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    public static byte[] ethernet(String destination, String source, int type, byte[] payload) {
        return ByteBuffer.allocate(EthernetHeader.LENGTH + payload.length)
                .put(mac(destination))
                .put(mac(source))
                .putShort((short) type)
                .put(payload)
                .array();
    }

    /** An IP packet in a frame of the type that fits it. */
    public static byte[] ethernet(String destination, String source, byte[] packet) {
        int type = packet[0] >> 4 == 4 ? EthernetHeader.TYPE_IPV4 : EthernetHeader.TYPE_IPV6;
        return ethernet(destination, source, type, packet);
    }

    /** The frame with an 802.1Q tag. */
    public static byte[] vlan(int vlanId, byte[] frame) {
        return tagged(EthernetHeader.TYPE_VLAN, vlanId, frame);
    }

    /** The frame with an 802.1ad service tag in front of what it has. */
    public static byte[] serviceVlan(int vlanId, byte[] frame) {
        return tagged(EthernetHeader.TYPE_SERVICE_VLAN, vlanId, frame);
    }

    public static byte[] arpRequest(String senderMac, String senderIp, String targetIp) {
        byte[] body = arp(ARP_REQUEST, senderMac, senderIp, "00:00:00:00:00:00", targetIp);
        return ethernet("ff:ff:ff:ff:ff:ff", senderMac, EthernetHeader.TYPE_ARP, body);
    }

    public static byte[] arpReply(String senderMac, String senderIp, String targetMac, String targetIp) {
        byte[] body = arp(ARP_REPLY, senderMac, senderIp, targetMac, targetIp);
        return ethernet(targetMac, senderMac, EthernetHeader.TYPE_ARP, body);
    }

    public static byte[] udp(String source, int sourcePort, String destination, int destinationPort, byte[] payload) {
        int length = UDP_HEADER_BYTES + payload.length;
        ByteBuffer datagram = ByteBuffer.allocate(length)
                .putShort((short) sourcePort)
                .putShort((short) destinationPort)
                .putShort((short) length)
                .putShort((short) 0)
                .put(payload);
        long pseudo = pseudoHeader(source, destination, IpHeader.PROTOCOL_UDP, length);
        short checksum = checksum(pseudo, datagram.array());
        datagram.putShort(6, checksum == 0 ? (short) -1 : checksum); // RFC 768: 0 means "no checksum"
        return ip(source, destination, IpHeader.PROTOCOL_UDP, datagram.array());
    }

    public static byte[] echoRequest(String source, String destination, int id, int sequence, byte[] payload) {
        return echo(source, destination, isV4(source) ? 8 : 128, id, sequence, payload);
    }

    public static byte[] echoReply(String source, String destination, int id, int sequence, byte[] payload) {
        return echo(source, destination, isV4(source) ? 0 : 129, id, sequence, payload);
    }

    /** An IP packet of any protocol; the caller has done the checksum of {@code body}. */
    public static byte[] ip(String source, String destination, int protocol, byte[] body) {
        return isV4(source) ? ipv4(source, destination, protocol, body) : ipv6(source, destination, protocol, body);
    }

    /** The Internet checksum (RFC 1071) of {@code bytes}, with {@code sum} already added up. */
    public static short checksum(long sum, byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            sum += (bytes[i] & 0xffL) << (i % 2 == 0 ? 8 : 0);
        }
        while (sum >>> 16 != 0) {
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        return (short) ~sum;
    }

    /** The sum over the pseudo-header (RFC 768, RFC 8200 section 8.1), to pass to {@link #checksum}. */
    public static long pseudoHeader(String source, String destination, int protocol, int length) {
        long sum = protocol + (long) (length >>> 16) + (length & 0xffff);
        for (String address : new String[] {source, destination}) {
            ByteBuffer bytes = ByteBuffer.wrap(ipBytes(address));
            while (bytes.hasRemaining()) {
                sum += Short.toUnsignedInt(bytes.getShort());
            }
        }
        return sum;
    }

    private static byte[] echo(String source, String destination, int type, int id, int sequence, byte[] payload) {
        ByteBuffer message = ByteBuffer.allocate(ICMP_HEADER_BYTES + payload.length)
                .put((byte) type)
                .put((byte) 0)
                .putShort((short) 0)
                .putShort((short) id)
                .putShort((short) sequence)
                .put(payload);
        int protocol = isV4(source) ? IpHeader.PROTOCOL_ICMP : IpHeader.PROTOCOL_ICMPV6;
        long pseudo = isV4(source) ? 0 : pseudoHeader(source, destination, protocol, message.capacity());
        message.putShort(2, checksum(pseudo, message.array()));
        return ip(source, destination, protocol, message.array());
    }

    private static byte[] ipv4(String source, String destination, int protocol, byte[] body) {
        ByteBuffer header = ByteBuffer.allocate(IpHeader.V4_LENGTH)
                .put((byte) 0x45)
                .put((byte) 0)
                .putShort((short) (IpHeader.V4_LENGTH + body.length))
                .putShort((short) 0x1234)
                .putShort((short) 0x4000) // do not fragment
                .put(TTL)
                .put((byte) protocol)
                .putShort((short) 0)
                .put(ipBytes(source))
                .put(ipBytes(destination));
        header.putShort(10, checksum(0, header.array()));
        return join(header.array(), body);
    }

    private static byte[] ipv6(String source, String destination, int protocol, byte[] body) {
        ByteBuffer header = ByteBuffer.allocate(IpHeader.V6_LENGTH)
                .putInt(0x6000_0000)
                .putShort((short) body.length)
                .put((byte) protocol)
                .put(TTL)
                .put(ipBytes(source))
                .put(ipBytes(destination));
        return join(header.array(), body);
    }

    private static byte[] arp(int operation, String senderMac, String senderIp, String targetMac, String targetIp) {
        return ByteBuffer.allocate(28)
                .putShort((short) 1) // Ethernet
                .putShort((short) EthernetHeader.TYPE_IPV4)
                .put((byte) MacAddress.BYTES)
                .put((byte) Integer.BYTES)
                .putShort((short) operation)
                .put(mac(senderMac))
                .put(ipBytes(senderIp))
                .put(mac(targetMac))
                .put(ipBytes(targetIp))
                .array();
    }

    private static byte[] tagged(int type, int vlanId, byte[] frame) {
        return ByteBuffer.allocate(frame.length + EthernetHeader.VLAN_TAG_BYTES)
                .put(frame, 0, EthernetHeader.TYPE)
                .putShort((short) type)
                .putShort((short) vlanId)
                .put(frame, EthernetHeader.TYPE, frame.length - EthernetHeader.TYPE)
                .array();
    }

    private static byte[] mac(String text) {
        byte[] bytes = new byte[MacAddress.BYTES];
        ByteBuffer word =
                ByteBuffer.allocate(Long.BYTES).putLong(MacAddress.parse(text).bits());
        word.get(Long.BYTES - bytes.length, bytes);
        return bytes;
    }

    private static boolean isV4(String address) {
        return InetAddress.ofLiteral(address) instanceof Inet4Address;
    }

    private static byte[] ipBytes(String address) {
        return InetAddress.ofLiteral(address).getAddress();
    }

    private static byte[] join(byte[] first, byte[] second) {
        return ByteBuffer.allocate(first.length + second.length)
                .put(first)
                .put(second)
                .array();
    }
}
