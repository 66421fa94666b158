package dev.culvert.bench.crossing;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets batches through, until the lab is removed. After Ctrl-C another thread closes the devices; a batch must not run
 * on meanwhile, or it would read and write descriptors whose numbers have gone to others.
 */
final class Gate implements AutoCloseable {
    /** For the batch under way: whatever could wait in it gives up sooner. */
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final Duration limit;
    private final ReentrantLock batch = new ReentrantLock();
    private final Condition reopened = batch.newCondition(); // never signalled
    private volatile boolean closed; // seen by the next batch, even if that gets the lock before close does

    Gate() {
        this(LIMIT);
    }

    Gate(Duration limit) {
        this.limit = limit;
    }

    /** Does not return once the lab is being removed: the JVM ends without this thread. */
    double nanosPerFrame(Crossing crossing) throws IOException {
        batch.lock();
        try {
            while (closed) {
                reopened.awaitUninterruptibly();
            }
            crossing.prepare();
            long start = System.nanoTime();
            int frames = crossing.run();
            double nanos = System.nanoTime() - start;
            crossing.settle();
            return nanos / frames;
        } finally {
            batch.unlock();
        }
    }

    /** Waits for the batch that is under way, but not for ever: the shutdown of the JVM waits for us. */
    @Override
    public void close() throws IOException {
        closed = true;
        try {
            if (!batch.tryLock(limit.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new IOException("the batch under way did not end within " + limit.toMillis() + " ms");
            }
            batch.unlock();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
