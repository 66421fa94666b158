package dev.culvert.bench.loopback;

import io.netty.buffer.ByteBuf;

/** What a {@link Carrier} does to a frame to make it a datagram. Confined to the carrier's loop. */
interface Envelope extends AutoCloseable {
    /** In front of what is wrapped: as much as the tunnel's messages have, where the device's virtio header fits. */
    int HEADER_BYTES = 16;

    /** Of a datagram, on top of its frame. */
    int overheadBytes();

    /** Writes a datagram, the frame and {@link #overheadBytes}, to {@code target} at {@code targetIndex}. */
    void wrap(ByteBuf frame, int index, int length, ByteBuf target, int targetIndex);

    /** Makes the readable bytes of {@code datagram} the frame that was wrapped; false when it is none. */
    boolean unwrap(ByteBuf datagram);

    @Override
    void close();

    /** The frame as it is, behind an empty header. */
    final class Bare implements Envelope {
        @Override
        public int overheadBytes() {
            return HEADER_BYTES;
        }

        @Override
        public void wrap(ByteBuf frame, int index, int length, ByteBuf target, int targetIndex) {
            target.setZero(targetIndex, HEADER_BYTES);
            frame.getBytes(index, target, targetIndex + HEADER_BYTES, length);
        }

        @Override
        public boolean unwrap(ByteBuf datagram) {
            if (datagram.readableBytes() < HEADER_BYTES) {
                return false;
            }
            datagram.skipBytes(HEADER_BYTES);
            return true;
        }

        @Override
        public void close() {}
    }
}
