package dev.culvert.offload;

import dev.culvert.ethernet.IpHeader;
import dev.culvert.offload.FrameHeaders.Kind;
import io.netty.buffer.ByteBuf;

/** The frames of one flow on their way to be a super-frame; a place that flows use one after the other. */
final class JoinedFlow {
    private final FirstFrame first = new FirstFrame();
    private final SegmentTemplate template = new SegmentTemplate();
    private final GatheredFrame pieces = new GatheredFrame();
    private int segmentBytes;
    private int payloadBytes;
    private int lastFlags;
    private boolean closed;

    boolean isOpen() {
        return first.isSet();
    }

    boolean isOf(ByteBuf frame, int index, FrameHeaders headers) {
        return first.isOfFlow(frame, index, headers);
    }

    /** With a frame that {@link JoinRules#isJoinable} and does not close. */
    void begin(ByteBuf frame, int index, FrameHeaders headers) {
        first.set(frame, index, headers.end());
        template.set(frame, index, headers);
        segmentBytes = headers.payloadBytes();
        payloadBytes = segmentBytes;
        lastFlags = 0;
        closed = false;
        pieces.clear();
        pieces.add(frame, index - VirtioNetHeader.BYTES, VirtioNetHeader.BYTES + headers.end());
    }

    /** Takes a frame with a partial checksum that is like the first but for its place, or leaves everything as it is. */
    boolean tryContinue(ByteBuf frame, int index, int length) {
        int payload = first.headers().payload();
        if (!first.isSet()
                || payload + payloadBytes + segmentBytes > JoinRules.MAX_FRAME_BYTES
                || !template.fits(frame, index, length, pieces.pieces(), payloadBytes)) {
            return false;
        }
        take(frame, index + payload, segmentBytes, template.tcpFlags(frame, index));
        return true;
    }

    /** Takes a frame that {@link JoinRules#isJoinable}, or leaves everything as it is. */
    boolean tryJoin(ByteBuf frame, int index, FrameHeaders headers) {
        int bytes = headers.payloadBytes();
        if (bytes > segmentBytes
                || headers.payload() + payloadBytes + bytes > JoinRules.MAX_FRAME_BYTES
                || !first.isContinuedBy(frame, index, headers, pieces.pieces(), payloadBytes)) {
            return false;
        }
        int flags = headers.kind() == Kind.TCP ? JoinRules.tcpFlags(frame, index, headers) : 0;
        take(frame, index + headers.payload(), bytes, flags);
        return true;
    }

    private void take(ByteBuf frame, int payloadIndex, int bytes, int tcpFlags) {
        pieces.add(frame, payloadIndex, bytes);
        payloadBytes += bytes;
        lastFlags = tcpFlags & JoinRules.CLOSING_FLAGS;
        closed = bytes < segmentBytes || lastFlags != 0 || pieces.isFull();
    }

    /** Nothing can be joined any more. */
    boolean isClosed() {
        return closed;
    }

    /** Writes the virtio header, and makes the headers of the first frame those of the whole. */
    GatheredFrame finish() {
        ByteBuf buffer = first.buffer();
        int virtio = first.index() - VirtioNetHeader.BYTES;
        VirtioNetHeader.writeNeedsChecksum(buffer, virtio, first.headers());
        if (pieces.pieces() > 1) {
            VirtioNetHeader.setGso(buffer, virtio, gsoType(), segmentBytes);
            writeNetwork(buffer);
            writeTransport(buffer);
        }
        return pieces;
    }

    void clear() {
        first.clear();
    }

    private int gsoType() {
        FrameHeaders headers = first.headers();
        if (headers.kind() == Kind.UDP) {
            return VirtioNetHeader.GSO_UDP;
        }
        int type = headers.isV4() ? VirtioNetHeader.GSO_TCPV4 : VirtioNetHeader.GSO_TCPV6;
        return first.hasFlag(TcpHeader.CWR) ? type | VirtioNetHeader.GSO_ECN : type;
    }

    private void writeNetwork(ByteBuf buffer) {
        int packet = first.index() + first.headers().network();
        int bytes = frameBytes() - first.headers().network();
        if (first.headers().isV4()) {
            buffer.setShort(packet + IpHeader.V4_TOTAL_LENGTH, bytes);
            Checksums.writeIpv4Header(buffer, packet);
        } else {
            buffer.setShort(packet + IpHeader.V6_PAYLOAD_LENGTH, bytes - IpHeader.V6_LENGTH);
        }
    }

    private void writeTransport(ByteBuf buffer) {
        FrameHeaders headers = first.headers();
        int bytes = frameBytes() - headers.transport();
        if (headers.kind() == Kind.TCP) {
            int flags = JoinRules.tcpFlags(buffer, first.index(), headers) | lastFlags;
            buffer.setByte(first.index() + headers.transport() + TcpHeader.FLAGS, flags);
        } else {
            buffer.setShort(first.index() + headers.transport() + UdpHeader.DATAGRAM_LENGTH, bytes);
        }
        buffer.setShort(first.index() + headers.checksumField(), Checksums.fold((long) first.pseudoSum() + bytes));
    }

    private int frameBytes() {
        return first.headers().payload() + payloadBytes;
    }
}
