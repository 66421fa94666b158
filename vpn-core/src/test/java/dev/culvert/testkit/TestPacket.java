package dev.culvert.testkit;

import dev.culvert.ethernet.EthernetHeader;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * A frame with TCP or UDP in it, as values; and what cutting it means, said as plainly as can be: other values, and each
 * frame built from nothing. The reference that the offload package is held against, so it uses none of its code. Another
 * packet is made by {@link #with}; the arrays are never changed.
 */
public final class TestPacket {
    public static final int FIN = 0x001;
    public static final int SYN = 0x002;
    public static final int RST = 0x004;
    public static final int PSH = 0x008;
    public static final int ACK = 0x010;
    public static final int URG = 0x020;
    public static final int ECE = 0x040;
    public static final int CWR = 0x080;
    public static final int AE = 0x100;

    private static final int TCP = 6;
    private static final int UDP = 17;

    public String destinationMac = "02:00:00:00:00:02";
    public String sourceMac = "02:00:00:00:00:01";
    /** Types and identifiers of the tags, outermost first. */
    public List<Integer> vlanTypes = List.of();

    public int vlanId = 7;

    public boolean v4 = true;
    /** TOS in IPv4. */
    public int trafficClass;

    public int hopLimit = 64;
    /** IPv4 only. */
    public int id = 0x1234;

    public boolean dontFragment = true;
    /** IPv4 only; a multiple of 4. */
    public byte[] ipOptions = {};
    /** IPv6 only. */
    public int flowLabel = 0x12345;
    /** IPv6 only: the types of extension headers of 8 bytes each. */
    public List<Integer> extensions = List.of();

    public byte[] source = {10, 0, 0, 1};
    public byte[] destination = {10, 0, 0, 2};
    public boolean tcp = true;
    public int sourcePort = 40_000;
    public int destinationPort = 443;
    public int sequence = 0x7fff_fff0;
    public int acknowledgment = 99;
    /** With AE above the eight others. */
    public int flags = ACK;

    public int window = 501;
    public int urgent;
    /** A multiple of 4. */
    public byte[] tcpOptions = {};

    public byte[] payload = {};

    public TestPacket with(Consumer<TestPacket> change) {
        TestPacket other = new TestPacket();
        other.destinationMac = destinationMac;
        other.sourceMac = sourceMac;
        other.vlanTypes = vlanTypes;
        other.vlanId = vlanId;
        other.v4 = v4;
        other.trafficClass = trafficClass;
        other.hopLimit = hopLimit;
        other.id = id;
        other.dontFragment = dontFragment;
        other.ipOptions = ipOptions;
        other.flowLabel = flowLabel;
        other.extensions = extensions;
        other.source = source;
        other.destination = destination;
        other.tcp = tcp;
        other.sourcePort = sourcePort;
        other.destinationPort = destinationPort;
        other.sequence = sequence;
        other.acknowledgment = acknowledgment;
        other.flags = flags;
        other.window = window;
        other.urgent = urgent;
        other.tcpOptions = tcpOptions;
        other.payload = payload;
        change.accept(other);
        return other;
    }

    public static TestPacket ipv4() {
        return new TestPacket();
    }

    public static TestPacket ipv6() {
        return ipv4().with(packet -> {
            packet.v4 = false;
            packet.source = InetAddress.ofLiteral("fd00::1").getAddress();
            packet.destination = InetAddress.ofLiteral("fd00::2").getAddress();
        });
    }

    /** The frame with its checksum complete. */
    public byte[] frame() {
        return frame(false);
    }

    /** The frame with the checksum of the pseudo-header only. */
    public byte[] partialFrame() {
        return frame(true);
    }

    private byte[] frame(boolean partial) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(linkHeader());
        byte[] transport = transport(partial);
        bytes.writeBytes(v4 ? ipv4Header(transport.length) : ipv6Header(transport.length));
        bytes.writeBytes(transport);
        return bytes.toByteArray();
    }

    public int checksumStart() {
        return linkHeader().length + (v4 ? 20 + ipOptions.length : 40 + 8 * extensions.size());
    }

    public int checksumOffset() {
        return tcp ? 16 : 6;
    }

    public int headerBytes() {
        return checksumStart() + (tcp ? 20 + tcpOptions.length : 8);
    }

    /** What cutting makes of this packet. */
    public List<TestPacket> cut(int segmentBytes) {
        List<TestPacket> segments = new ArrayList<>();
        for (int from = 0; from < payload.length; from += segmentBytes) {
            boolean isFirst = from == 0;
            boolean isLast = from + segmentBytes >= payload.length;
            byte[] part = Arrays.copyOfRange(payload, from, isLast ? payload.length : from + segmentBytes);
            int bytesBefore = from;
            segments.add(with(segment -> {
                segment.payload = part;
                segment.id = (id + segments.size()) & 0xffff;
                segment.sequence += bytesBefore;
                segment.flags &= isFirst ? ~0 : ~CWR;
                segment.flags &= isLast ? ~0 : ~(FIN | PSH);
            }));
        }
        return segments;
    }

    private byte[] linkHeader() {
        int type = v4 ? EthernetHeader.TYPE_IPV4 : EthernetHeader.TYPE_IPV6;
        byte[] header = Frames.ethernet(destinationMac, sourceMac, type, new byte[0]);
        for (int vlanType : vlanTypes.reversed()) {
            header = vlanType == EthernetHeader.TYPE_VLAN
                    ? Frames.vlan(vlanId, header)
                    : Frames.serviceVlan(vlanId + 1, header);
        }
        return header;
    }

    private byte[] ipv4Header(int transportBytes) {
        int headerBytes = 20 + ipOptions.length;
        ByteBuffer header = ByteBuffer.allocate(headerBytes)
                .put((byte) (0x40 + headerBytes / 4))
                .put((byte) trafficClass)
                .putShort((short) (headerBytes + transportBytes))
                .putShort((short) id)
                .putShort((short) (dontFragment ? 0x4000 : 0))
                .put((byte) hopLimit)
                .put((byte) (tcp ? TCP : UDP))
                .putShort((short) 0)
                .put(source)
                .put(destination)
                .put(ipOptions);
        return header.putShort(10, Frames.checksum(0, header.array())).array();
    }

    private byte[] ipv6Header(int transportBytes) {
        List<Integer> chain = new ArrayList<>(extensions);
        chain.add(tcp ? TCP : UDP);
        ByteBuffer header = ByteBuffer.allocate(40 + 8 * extensions.size())
                .putInt(0x6000_0000 | (trafficClass << 20) | flowLabel)
                .putShort((short) (8 * extensions.size() + transportBytes))
                .put(chain.getFirst().byteValue())
                .put((byte) hopLimit)
                .put(source)
                .put(destination);
        for (int next : chain.subList(1, chain.size())) {
            header.put((byte) next).put(new byte[] {0, 1, 4, 0, 0, 0, 0}); // PadN (RFC 8200, section 4.2)
        }
        return header.array();
    }

    private byte[] transport(boolean partial) {
        byte[] bytes = tcp ? tcpSegment() : udpDatagram();
        long pseudo = (long) (tcp ? TCP : UDP) + bytes.length;
        for (byte[] address : List.of(source, destination)) {
            pseudo += ~Frames.checksum(0, address) & 0xffff;
        }
        short complete = Frames.checksum(pseudo, bytes);
        short sum = partial ? (short) ~Frames.checksum(pseudo, new byte[0]) : complete;
        if (!partial && !tcp && sum == 0) {
            sum = -1; // RFC 768
        }
        return ByteBuffer.wrap(bytes).putShort(checksumOffset(), sum).array();
    }

    private byte[] tcpSegment() {
        int headerBytes = 20 + tcpOptions.length;
        return ByteBuffer.allocate(headerBytes + payload.length)
                .putShort((short) sourcePort)
                .putShort((short) destinationPort)
                .putInt(sequence)
                .putInt(acknowledgment)
                .putShort((short) (((headerBytes / 4) << 12) | flags))
                .putShort((short) window)
                .putShort((short) 0)
                .putShort((short) urgent)
                .put(tcpOptions)
                .put(payload)
                .array();
    }

    private byte[] udpDatagram() {
        return ByteBuffer.allocate(8 + payload.length)
                .putShort((short) sourcePort)
                .putShort((short) destinationPort)
                .putShort((short) (8 + payload.length))
                .putShort((short) 0)
                .put(payload)
                .array();
    }
}
