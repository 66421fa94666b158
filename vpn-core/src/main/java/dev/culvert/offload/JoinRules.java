package dev.culvert.offload;

import dev.culvert.offload.FrameHeaders.Kind;
import io.netty.buffer.ByteBuf;

/** Which frames may be one of several; whether they fit each other is {@link FirstFrame}'s question. */
final class JoinRules {
    /**
     * An IP packet of at most 65,535 bytes and its Ethernet header: what a device takes unless told otherwise
     * (linux/netdevice.h: GSO_LEGACY_MAX_SIZE).
     */
    static final int MAX_FRAME_BYTES = 65_535;

    /** Who has others of these stays alone. A segment of an established connection has ACK (RFC 9293, section 3.10.7.4). */
    private static final int DECISIVE_FLAGS = TcpHeader.SYN | TcpHeader.RST | TcpHeader.URG | TcpHeader.ACK;

    /** The last segment of a super-frame alone has them. */
    static final int CLOSING_FLAGS = TcpHeader.PSH | TcpHeader.FIN;

    /** May differ: {@link #CLOSING_FLAGS} on the last, CWR on the first (RFC 3168, section 6.1.2). */
    private static final int EQUAL_FLAGS = ~(CLOSING_FLAGS | TcpHeader.CWR);

    private JoinRules() {}

    /** Whether a frame with a partial checksum may be one of several. */
    static boolean isJoinable(ByteBuf frame, int index, int length, FrameHeaders headers) {
        return headers.payloadBytes() > 0
                && headers.end() == length // no padding, which would stand between two payloads
                && length <= MAX_FRAME_BYTES
                // the sum is written anew, which must not turn a damaged header into a good one
                && (!headers.isV4() || Checksums.isIpv4HeaderRight(frame, index + headers.network()))
                && (headers.kind() == Kind.UDP || (tcpFlags(frame, index, headers) & DECISIVE_FLAGS) == TcpHeader.ACK);
    }

    /** Whether nothing may follow this frame in its super-frame. */
    static boolean closes(ByteBuf frame, int index, FrameHeaders headers) {
        return headers.kind() == Kind.TCP && (tcpFlags(frame, index, headers) & CLOSING_FLAGS) != 0;
    }

    /** Whether a segment with these flags may come behind a first one with {@code firstFlags}. */
    static boolean mayFollow(int flags, int firstFlags) {
        return (flags & TcpHeader.CWR) == 0 && ((flags ^ firstFlags) & EQUAL_FLAGS) == 0;
    }

    static int tcpFlags(ByteBuf frame, int index, FrameHeaders headers) {
        return frame.getUnsignedByte(index + headers.transport() + TcpHeader.FLAGS);
    }
}
