package dev.culvert.offload;

import dev.culvert.ethernet.IpHeader;
import dev.culvert.offload.FrameHeaders.Kind;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * The first of the frames that are being joined, against which the others are held: they must have the headers that
 * cutting a super-frame would give them, and say nothing that joining would lose. After net/ipv4/tcp_offload.c
 * (tcp_gro_receive), net/ipv4/udp_offload.c (udp_gro_receive_segment), net/ipv4/af_inet.c (inet_gro_receive).
 */
final class FirstFrame {
    private static final int PORTS_BYTES = 2 * Short.BYTES;
    private static final int V4_ADDRESSES_BYTES = 2 * Integer.BYTES;
    private static final int V6_ADDRESSES_BYTES = 4 * Long.BYTES;

    private final FrameHeaders headers = new FrameHeaders();
    private ByteBuf buffer = Unpooled.EMPTY_BUFFER;
    private int index;
    private int pseudoSum;
    private boolean set;

    void set(ByteBuf frame, int frameIndex, int length) {
        set = true;
        buffer = frame;
        index = frameIndex;
        headers.parse(frame, frameIndex, length);
        pseudoSum = headers.pseudoSum(frame, frameIndex);
    }

    void clear() {
        set = false;
        buffer = Unpooled.EMPTY_BUFFER;
    }

    boolean isSet() {
        return set;
    }

    ByteBuf buffer() {
        return buffer;
    }

    int index() {
        return index;
    }

    FrameHeaders headers() {
        return headers;
    }

    int pseudoSum() {
        return pseudoSum;
    }

    boolean hasFlag(int tcpFlag) {
        return headers.kind() == Kind.TCP && (JoinRules.tcpFlags(buffer, index, headers) & tcpFlag) != 0;
    }

    /** Same protocol, addresses and ports; VLANs and hardware addresses may differ. */
    boolean isOfFlow(ByteBuf next, int nextIndex, FrameHeaders its) {
        if (its.kind() != headers.kind() || its.isV4() != headers.isV4()) {
            return false;
        }
        int addresses = its.isV4() ? IpHeader.V4_SOURCE : IpHeader.V6_SOURCE;
        int bytes = its.isV4() ? V4_ADDRESSES_BYTES : V6_ADDRESSES_BYTES;
        return next.getInt(nextIndex + its.transport()) == buffer.getInt(index + headers.transport())
                && isSame(
                        next,
                        nextIndex + its.network() + addresses,
                        buffer,
                        index + headers.network() + addresses,
                        bytes);
    }

    /**
     * Whether {@code next} could have been cut from the same super-frame.
     *
     * @param number of segments before it
     * @param bytesBefore payload of those segments
     */
    boolean isContinuedBy(ByteBuf next, int nextIndex, FrameHeaders its, int number, int bytesBefore) {
        return its.network() == headers.network()
                && its.transport() == headers.transport()
                && its.payload() == headers.payload()
                && same(next, nextIndex, 0, headers.network())
                && (headers.isV4() ? continuesV4(next, nextIndex, number) : continuesV6(next, nextIndex))
                && (headers.kind() == Kind.TCP
                        ? continuesTcp(next, nextIndex, bytesBefore)
                        : same(next, nextIndex, headers.transport(), PORTS_BYTES))
                && Checksums.isSame(its.pseudoSum(next, nextIndex), pseudoSum);
    }

    private boolean continuesV4(ByteBuf next, int nextIndex, int number) {
        int network = headers.network();
        int id = network + IpHeader.V4_IDENTIFICATION;
        boolean hasNextId =
                next.getUnsignedShort(nextIndex + id) == ((buffer.getUnsignedShort(index + id) + number) & 0xffff);
        return (hasNextId || FrameHeaders.isAtomic(next, nextIndex + network))
                && same(next, nextIndex, network, IpHeader.V4_TOTAL_LENGTH) // length of the options, TOS
                && same(next, nextIndex, network + IpHeader.V4_FRAGMENT, Integer.BYTES) // flags, TTL, protocol
                && sameUpTo(headers.transport(), next, nextIndex, network + IpHeader.V4_SOURCE);
    }

    private boolean continuesV6(ByteBuf next, int nextIndex) {
        int network = headers.network();
        return same(next, nextIndex, network, IpHeader.V6_PAYLOAD_LENGTH) // traffic class, flow label
                && sameUpTo(headers.transport(), next, nextIndex, network + IpHeader.V6_NEXT_HEADER);
    }

    private boolean continuesTcp(ByteBuf next, int nextIndex, int bytesBefore) {
        int transport = headers.transport();
        int sequence = transport + TcpHeader.SEQUENCE;
        int flags = JoinRules.tcpFlags(next, nextIndex, headers);
        return next.getInt(nextIndex + sequence) == buffer.getInt(index + sequence) + bytesBefore
                && JoinRules.mayFollow(flags, JoinRules.tcpFlags(buffer, index, headers))
                && same(next, nextIndex, transport, PORTS_BYTES)
                && same(next, nextIndex, transport + TcpHeader.ACKNOWLEDGMENT, Integer.BYTES + Byte.BYTES) // AE
                && same(next, nextIndex, transport + TcpHeader.WINDOW, Short.BYTES)
                && sameUpTo(headers.payload(), next, nextIndex, transport + TcpHeader.URGENT); // options
    }

    private boolean sameUpTo(int to, ByteBuf next, int nextIndex, int from) {
        return same(next, nextIndex, from, to - from);
    }

    /** Offsets count from the beginning of the frames. */
    private boolean same(ByteBuf next, int nextIndex, int from, int length) {
        return isSame(next, nextIndex + from, buffer, index + from, length);
    }

    /** As ByteBufUtil.equals, which asks many questions first: of a few bytes they are most of the work. */
    private static boolean isSame(ByteBuf one, int oneIndex, ByteBuf other, int otherIndex, int length) {
        int at = 0;
        for (; at + Long.BYTES <= length; at += Long.BYTES) {
            if (one.getLong(oneIndex + at) != other.getLong(otherIndex + at)) {
                return false;
            }
        }
        if (at + Integer.BYTES <= length) {
            if (one.getInt(oneIndex + at) != other.getInt(otherIndex + at)) {
                return false;
            }
            at += Integer.BYTES;
        }
        for (; at < length; at++) {
            if (one.getByte(oneIndex + at) != other.getByte(otherIndex + at)) {
                return false;
            }
        }
        return true;
    }
}
