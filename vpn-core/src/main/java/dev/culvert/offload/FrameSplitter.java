package dev.culvert.offload;

import dev.culvert.ethernet.EthernetHeader;
import dev.culvert.offload.FrameHeaders.Kind;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * Cuts a super-frame as the kernel would (net/core/gso.c: skb_gso_segment), but for the checksums: each segment's holds
 * the sum of its pseudo-header, and nobody reads the payload.
 *
 * <p>Nothing is moved. The headers of a segment are written into the buffer right in front of its payload, over the end
 * of the segment before, which must be done with (sealed) when {@link #next} is called. The caller may overwrite
 * {@link VirtioNetHeader#BYTES} in front of each frame likewise.
 */
public final class FrameSplitter {
    private final FrameHeaders headers = new FrameHeaders();
    private final SegmentHeaders segmentHeaders = new SegmentHeaders(headers);

    private ByteBuf buffer = Unpooled.EMPTY_BUFFER;
    private int maxFrameBytes;
    private boolean wholeWaits;
    /** Where the payload that is still to be cut begins and ends; equal when there is none. */
    private int payloadIndex;

    private int endIndex;
    private int firstPayloadIndex;
    private int segmentBytes;
    private int segments;

    private int frameIndex;
    private int frameLength;
    private boolean checksumPartial;

    /**
     * Begins with a frame as the TAP gave it: a virtio header stands in front of {@code index}. Borrows the buffer until
     * {@link #next} has answered false.
     *
     * @param maxFrameBytes what the path carries. Segments of TCP are cut to it; datagrams and whole frames cannot be,
     *     come longer, and are the caller's to send in fragments
     */
    public SplitVerdict begin(ByteBuf buffer, int index, int length, int maxFrameBytes) {
        forget();
        int virtio = index - VirtioNetHeader.BYTES;
        if (length < EthernetHeader.LENGTH || !VirtioNetHeader.isValid(buffer, virtio, length)) {
            return SplitVerdict.MALFORMED;
        }
        this.buffer = buffer;
        this.maxFrameBytes = maxFrameBytes;
        return VirtioNetHeader.gsoType(buffer, virtio) == VirtioNetHeader.GSO_NONE
                ? beginWhole(virtio, index, length)
                : beginCut(virtio, index, length);
    }

    private void forget() {
        buffer = Unpooled.EMPTY_BUFFER;
        wholeWaits = false;
        payloadIndex = 0;
        endIndex = 0;
        segments = 0;
    }

    private SplitVerdict beginWhole(int virtio, int index, int length) {
        frameIndex = index;
        frameLength = length;
        checksumPartial = VirtioNetHeader.needsChecksum(buffer, virtio);
        if (checksumPartial) {
            headers.parse(buffer, index, length);
            int start = VirtioNetHeader.checksumStart(buffer, virtio);
            int offset = VirtioNetHeader.checksumOffset(buffer, virtio);
            if (!headers.isChecksumAt(start, offset)) { // a tunnel's inner packet, say: the far end would not find it
                Checksums.complete(buffer, index + start, length - start, index + start + offset);
                checksumPartial = false;
            } else if (length > maxFrameBytes && isCuttable(index, length)) {
                return cut(index, length, headers.payloadBytes());
            } else {
                completeIfTooLong(headers.transportBytes());
            }
        }
        wholeWaits = true;
        return SplitVerdict.WHOLE;
    }

    /** A single segment, to be sent as two: rather than as two fragments, of which the loss of one is the loss of both. */
    private boolean isCuttable(int index, int length) {
        return JoinRules.isJoinable(buffer, index, length, headers)
                && headers.kind() == Kind.TCP
                && TcpHeader.isUnsigned(buffer, index + headers.tcpOptions(), headers.payload() - headers.tcpOptions())
                && (!headers.isV4() || FrameHeaders.isAtomic(buffer, index + headers.network()));
    }

    private SplitVerdict beginCut(int virtio, int index, int length) {
        headers.parse(buffer, index, length);
        boolean sound = headers.isChecksumAt(
                        VirtioNetHeader.checksumStart(buffer, virtio), VirtioNetHeader.checksumOffset(buffer, virtio))
                && isOfType(VirtioNetHeader.gsoType(buffer, virtio))
                && headers.end() == length
                && headers.payloadBytes() > 0;
        if (!sound) {
            return SplitVerdict.MALFORMED;
        }
        return cut(index, length, VirtioNetHeader.gsoSize(buffer, virtio));
    }

    private SplitVerdict cut(int index, int length, int gsoSize) {
        segmentBytes = gsoSize;
        if (headers.kind() == Kind.TCP) { // a stream, which may be cut anywhere; datagrams are what they are
            segmentBytes = Math.min(segmentBytes, maxFrameBytes - headers.payload());
        }
        if (segmentBytes <= 0) {
            return SplitVerdict.TOO_LONG;
        }
        segmentHeaders.remember(buffer, index);
        firstPayloadIndex = index + headers.payload();
        payloadIndex = firstPayloadIndex;
        endIndex = index + length;
        return SplitVerdict.CUT;
    }

    private boolean isOfType(int gsoType) {
        return switch (headers.kind()) {
            case TCP -> gsoType == (headers.isV4() ? VirtioNetHeader.GSO_TCPV4 : VirtioNetHeader.GSO_TCPV6);
            case UDP -> gsoType == VirtioNetHeader.GSO_UDP;
            case OTHER, UNCERTAIN -> false;
        };
    }

    /** Prepares the next frame and answers true, or answers false when there is none. */
    public boolean next() {
        if (wholeWaits) {
            wholeWaits = false;
            return true;
        }
        if (payloadIndex == endIndex) {
            forget();
            return false;
        }
        int bytes = Math.min(segmentBytes, endIndex - payloadIndex);
        frameIndex = payloadIndex - headers.payload();
        frameLength = headers.payload() + bytes;
        boolean isLast = payloadIndex + bytes == endIndex;
        segmentHeaders.write(buffer, frameIndex, frameLength, segments, payloadIndex - firstPayloadIndex, isLast);
        checksumPartial = true;
        completeIfTooLong(frameLength - headers.transport());
        payloadIndex += bytes;
        segments++;
        return true;
    }

    /** Fragments carry no flag C: what will travel in them has its checksum completed here. */
    private void completeIfTooLong(int transportBytes) {
        if (frameLength > maxFrameBytes) {
            int transport = frameIndex + headers.transport();
            Checksums.complete(buffer, transport, transportBytes, frameIndex + headers.checksumField());
            checksumPartial = false;
        }
    }

    /** Where the frame that {@link #next} prepared begins. */
    public int frameIndex() {
        return frameIndex;
    }

    public int frameLength() {
        return frameLength;
    }

    /** Whether the frame's checksum is that of the pseudo-header only: flag C of the payload (docs/protocol.md). */
    public boolean isChecksumPartial() {
        return checksumPartial;
    }
}
