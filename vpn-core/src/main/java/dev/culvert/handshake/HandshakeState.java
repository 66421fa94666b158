package dev.culvert.handshake;

import dev.culvert.noise.NoiseInitiator;

/** Where we stand as initiator. Leaving a state closes it. */
sealed interface HandshakeState extends AutoCloseable {
    @Override
    void close();

    /** No initiation of ours is under way. */
    enum Idle implements HandshakeState {
        IDLE;

        @Override
        public void close() {}
    }

    /** Not a record: it holds secrets. */
    final class AwaitingResponse implements HandshakeState {
        private final NoiseInitiator noise;
        private final int localIndex;

        /** Takes ownership of {@code noise}. */
        AwaitingResponse(NoiseInitiator noise, int localIndex) {
            this.noise = noise;
            this.localIndex = localIndex;
        }

        NoiseInitiator noise() {
            return noise;
        }

        int localIndex() {
            return localIndex;
        }

        @Override
        public void close() {
            noise.close();
        }
    }
}
