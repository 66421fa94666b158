package dev.culvert.bench.loopback;

import io.netty.buffer.ByteBuf;

/** What a {@link Carrier} does to a frame to make it a datagram. Confined to the carrier's loop. */
interface Envelope extends AutoCloseable {
    /** Of a datagram, on top of its frame. */
    int overheadBytes();

    /** Writes a datagram, the frame and {@link #overheadBytes}, to {@code target} at {@code targetIndex}. */
    void wrap(ByteBuf frame, int index, int length, ByteBuf target, int targetIndex);

    /** Makes the readable bytes of {@code datagram} the frame that was wrapped; false when it is none. */
    boolean unwrap(ByteBuf datagram);

    @Override
    void close();

    /** The frame as it is. */
    final class Bare implements Envelope {
        @Override
        public int overheadBytes() {
            return 0;
        }

        @Override
        public void wrap(ByteBuf frame, int index, int length, ByteBuf target, int targetIndex) {
            frame.getBytes(index, target, targetIndex, length);
        }

        @Override
        public boolean unwrap(ByteBuf datagram) {
            return true;
        }

        @Override
        public void close() {}
    }
}
