package dev.culvert.offload;

import dev.culvert.ethernet.IpHeader;
import dev.culvert.offload.FrameHeaders.Kind;
import io.netty.buffer.ByteBuf;

/** The headers of a super-frame, kept aside, and written again in front of each of its segments. */
final class SegmentHeaders {
    /** Never on any segment but the last (net/ipv4/tcp_offload.c: tcp_gso_segment). */
    private static final int LAST_ONLY = TcpHeader.FIN | TcpHeader.PSH;

    private final byte[] template = new byte[FrameHeaders.MAX_BYTES];
    /** Of the super-frame. */
    private final FrameHeaders headers;

    // What changes from segment to segment, and the sums without that.
    private int identification;
    private int ipv4Sum;
    private int sequence;
    private int tcpFlags;
    private int pseudoSum;

    SegmentHeaders(FrameHeaders headers) {
        this.headers = headers;
    }

    /** Of a frame that begins at {@code index} and was parsed. */
    void remember(ByteBuf buffer, int index) {
        buffer.getBytes(index, template, 0, headers.payload());
        if (headers.isV4()) {
            int packet = index + headers.network();
            identification = buffer.getUnsignedShort(packet + IpHeader.V4_IDENTIFICATION);
            ipv4Sum = Checksums.fold((long) Checksums.sum(buffer, packet, IpHeader.headerBytes(buffer, packet))
                    + Checksums.complement(IpHeader.packetBytes(buffer, packet))
                    + Checksums.complement(identification)
                    + Checksums.complement(buffer.getUnsignedShort(packet + IpHeader.V4_CHECKSUM)));
        }
        if (headers.kind() == Kind.TCP) {
            int transport = index + headers.transport();
            sequence = buffer.getInt(transport + TcpHeader.SEQUENCE);
            tcpFlags = buffer.getUnsignedByte(transport + TcpHeader.FLAGS);
        }
        // As the kernel, from what stands there: the addresses are in it, in whatever extension header they are.
        pseudoSum = headers.pseudoSum(buffer, index);
    }

    /**
     * In front of a segment's payload.
     *
     * @param number of the segment, from 0
     * @param bytesBefore payload in the segments before
     */
    void write(ByteBuf buffer, int index, int frameLength, int number, int bytesBefore, boolean isLast) {
        buffer.setBytes(index, template, 0, headers.payload());
        writeNetwork(buffer, index + headers.network(), frameLength - headers.network(), number);
        int transport = index + headers.transport();
        int transportBytes = frameLength - headers.transport();
        if (headers.kind() == Kind.TCP) {
            int flags = isLast ? tcpFlags : tcpFlags & ~LAST_ONLY;
            // RFC 3168, section 6.1.2: CWR is set on the first new segment only
            buffer.setByte(transport + TcpHeader.FLAGS, number == 0 ? flags : flags & ~TcpHeader.CWR);
            buffer.setInt(transport + TcpHeader.SEQUENCE, sequence + bytesBefore);
        } else {
            buffer.setShort(transport + UdpHeader.DATAGRAM_LENGTH, transportBytes);
        }
        buffer.setShort(index + headers.checksumField(), Checksums.fold((long) pseudoSum + transportBytes));
    }

    private void writeNetwork(ByteBuf buffer, int packet, int packetBytes, int number) {
        if (headers.isV4()) {
            int id = (identification + number) & 0xffff; // net/ipv4/af_inet.c: inet_gso_segment
            buffer.setShort(packet + IpHeader.V4_TOTAL_LENGTH, packetBytes);
            buffer.setShort(packet + IpHeader.V4_IDENTIFICATION, id);
            int sum = Checksums.fold((long) ipv4Sum + packetBytes + id);
            buffer.setShort(packet + IpHeader.V4_CHECKSUM, Checksums.complement(sum));
        } else {
            buffer.setShort(packet + IpHeader.V6_PAYLOAD_LENGTH, packetBytes - IpHeader.V6_LENGTH);
        }
    }
}
