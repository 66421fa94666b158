package dev.culvert.bench.crossing;

import java.io.IOException;

/**
 * Lets batches through, until the lab is removed. After Ctrl-C another thread closes the devices; a batch must not run
 * on meanwhile, or it would read and write descriptors whose numbers have gone to others.
 */
final class Gate implements AutoCloseable {
    private boolean closed; // guarded by this

    /** Does not return once the lab is being removed: the JVM ends without this thread. */
    synchronized double nanosPerFrame(Crossing crossing) throws IOException {
        while (closed) {
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
        }
        crossing.prepare();
        long start = System.nanoTime();
        int frames = crossing.run();
        double nanos = System.nanoTime() - start;
        crossing.settle();
        return nanos / frames;
    }

    /** Waits for the batch that is under way. */
    @Override
    public synchronized void close() {
        closed = true;
    }
}
