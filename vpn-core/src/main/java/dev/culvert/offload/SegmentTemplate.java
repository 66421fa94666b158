package dev.culvert.offload;

import dev.culvert.ethernet.IpHeader;
import dev.culvert.offload.FrameHeaders.Kind;
import io.netty.buffer.ByteBuf;

/**
 * The headers of the first frame of a TCP flow, eight bytes at a time: segments of bulk differ from it in four fields only,
 * and are told by a few comparisons, without being parsed. A short cut: what {@link #fits} would be joined by the rules of
 * {@link JoinRules} and {@link FirstFrame}, too, and what does not may still be.
 */
final class SegmentTemplate {
    private static final int MAX_WORDS = FrameHeaders.MAX_BYTES / Long.BYTES;
    private static final int WRONG_CHECKSUM = 0xffff;

    private final long[] words = new long[MAX_WORDS];
    /** Of the bits that must be equal. */
    private final long[] masks = new long[MAX_WORDS];

    private int count;
    private int frameBytes;
    private boolean v4;
    private boolean atomic;
    private int network;
    private int id;
    private int idAndChecksum;
    private int transport;
    private int sequence;
    private int flags;

    /** @param headers of the frame, which {@link JoinRules#isJoinable} */
    void set(ByteBuf frame, int index, FrameHeaders headers) {
        int used = Math.ceilDiv(headers.payload(), Long.BYTES);
        if (headers.kind() != Kind.TCP || used > MAX_WORDS || used * Long.BYTES > headers.end()) {
            clear();
            return;
        }
        count = used;
        frameBytes = headers.end();
        v4 = headers.isV4();
        network = headers.network();
        transport = headers.transport();
        sequence = frame.getInt(index + transport + TcpHeader.SEQUENCE);
        flags = JoinRules.tcpFlags(frame, index, headers);
        for (int word = 0; word < used; word++) {
            words[word] = frame.getLong(index + word * Long.BYTES);
            masks[word] = -1;
        }
        ignore(headers.payload(), used * Long.BYTES - headers.payload());
        ignore(transport + TcpHeader.SEQUENCE, Integer.BYTES);
        ignore(transport + TcpHeader.FLAGS, Byte.BYTES);
        if (v4) {
            atomic = FrameHeaders.isAtomic(frame, index + network);
            id = frame.getUnsignedShort(index + network + IpHeader.V4_IDENTIFICATION);
            idAndChecksum = idAndChecksum(frame, index + network);
            ignore(network + IpHeader.V4_IDENTIFICATION, Short.BYTES);
            ignore(network + IpHeader.V4_CHECKSUM, Short.BYTES);
        }
    }

    /** Nothing fits any more. */
    void clear() {
        count = 0;
    }

    private void ignore(int offset, int bytes) {
        for (int at = offset; at < offset + bytes; at++) {
            masks[at / Long.BYTES] &= ~(0xffL << (Long.SIZE - Byte.SIZE - at % Long.BYTES * Byte.SIZE));
        }
    }

    /** The rest of the header being equal, equal when the sum over it is. */
    private static int idAndChecksum(ByteBuf frame, int packet) {
        return Checksums.fold((long) frame.getUnsignedShort(packet + IpHeader.V4_IDENTIFICATION)
                + frame.getUnsignedShort(packet + IpHeader.V4_CHECKSUM));
    }

    /**
     * Whether this frame is a segment as long as the first, and continues the flow behind {@code number} segments of
     * {@code bytesBefore} bytes.
     */
    boolean fits(ByteBuf next, int index, int length, int number, int bytesBefore) {
        if (count == 0 || length != frameBytes) {
            return false;
        }
        long difference = 0;
        for (int word = 0; word < count; word++) {
            difference |= (next.getLong(index + word * Long.BYTES) ^ words[word]) & masks[word];
        }
        return difference == 0
                && next.getInt(index + transport + TcpHeader.SEQUENCE) == sequence + bytesBefore
                && JoinRules.mayFollow(tcpFlags(next, index), flags)
                && (!v4 || continuesV4(next, index + network, number));
    }

    private boolean continuesV4(ByteBuf next, int packet, int number) {
        return (atomic || next.getUnsignedShort(packet + IpHeader.V4_IDENTIFICATION) == ((id + number) & 0xffff))
                && next.getUnsignedShort(packet + IpHeader.V4_CHECKSUM) != WRONG_CHECKSUM
                && idAndChecksum(next, packet) == idAndChecksum;
    }

    /** Of a frame that {@link #fits}. */
    int tcpFlags(ByteBuf next, int index) {
        return next.getUnsignedByte(index + transport + TcpHeader.FLAGS);
    }
}
