package dev.culvert.offload;

import io.netty.buffer.ByteBuf;

/** Completes the checksum of a frame that came with flag C (docs/protocol.md) for a device that cannot. */
public final class PartialChecksum {
    private final FrameHeaders headers = new FrameHeaders();

    /** False when the frame is no whole TCP or UDP packet, and so cannot have had a partial checksum. */
    public boolean tryComplete(ByteBuf buffer, int index, int length) {
        if (!headers.parse(buffer, index, length).hasChecksum()) {
            return false;
        }
        complete(buffer, index, headers);
        return true;
    }

    static void complete(ByteBuf buffer, int index, FrameHeaders headers) {
        Checksums.complete(
                buffer, index + headers.transport(), headers.transportBytes(), index + headers.checksumField());
    }
}
