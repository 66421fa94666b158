package dev.culvert.handshake;

import dev.culvert.crypto.PublicKey;
import dev.culvert.noise.NoiseResponder;

/** An initiation that decrypted, to be given to the {@link Handshake} of its sender. {@link #close} wipes it. */
public final class ReceivedInitiation implements AutoCloseable {
    private final NoiseResponder noise;
    private final int senderIndex;
    private final Tai64n timestamp;

    ReceivedInitiation(NoiseResponder noise, int senderIndex) {
        this.noise = noise;
        this.senderIndex = senderIndex;
        this.timestamp = Tai64n.read(noise.payload());
    }

    /** The static key of its sender. */
    public PublicKey remote() {
        return noise.remote();
    }

    NoiseResponder noise() {
        return noise;
    }

    int senderIndex() {
        return senderIndex;
    }

    Tai64n timestamp() {
        return timestamp;
    }

    @Override
    public void close() {
        noise.close();
    }
}
