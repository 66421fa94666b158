package dev.culvert.bench.crossing;

import dev.culvert.bench.kernel.KernelException;
import dev.culvert.bench.kernel.Uring;

/** Carries a batch by io_uring, with the same request again and again. */
final class RingBatch implements Crossing {
    private final Uring ring;
    private final int perCall;
    private final int bytes;
    private final int frames;

    /** @param ring of {@code perCall} requests, each for a frame of {@code bytes}; borrowed */
    RingBatch(Uring ring, int perCall, int bytes) {
        this.ring = ring;
        this.perCall = perCall;
        this.bytes = bytes;
        this.frames = Sizes.batch(bytes, perCall);
    }

    int frames() {
        return frames;
    }

    @Override
    public int run() throws KernelException {
        for (int carried = 0; carried < frames; carried += perCall) {
            ring.run(bytes);
        }
        return frames;
    }

    @Override
    public boolean hasCopied() {
        return ring.hasCopied();
    }
}
