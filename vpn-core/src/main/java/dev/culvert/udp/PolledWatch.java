package dev.culvert.udp;

import dev.culvert.metrics.CounterId;
import java.io.IOException;
import java.util.concurrent.RejectedExecutionException;

/**
 * Watches a descriptor by poll(2) on a thread of its own and hands over to the loop. The thread polls again only after
 * the loop has drained the descriptor: otherwise it would spin on what the loop is about to read.
 */
final class PolledWatch implements LaneLoop.Watch {
    /** How long the thread may take to notice that the watch was closed. */
    private static final int POLL_MILLIS = 100;

    /** poll(2) for readability. */
    @FunctionalInterface
    interface Poll {
        boolean await(int fileDescriptor, int timeoutMillis) throws IOException;
    }

    private final LoopThread loop;
    private final int fileDescriptor;
    private final Runnable onReadable;
    private final Poll poll;
    private final Thread poller;

    private boolean paused; // these three guarded by this
    private boolean draining;
    private boolean closed;

    private PolledWatch(LoopThread loop, String threadName, int fileDescriptor, Runnable onReadable, Poll poll) {
        this.loop = loop;
        this.fileDescriptor = fileDescriptor;
        this.onReadable = onReadable;
        this.poll = poll;
        this.poller = Thread.ofPlatform().daemon().name(threadName).unstarted(this::pollUntilClosed);
    }

    static PolledWatch start(LoopThread loop, String threadName, int fileDescriptor, Runnable onReadable, Poll poll) {
        PolledWatch watch = new PolledWatch(loop, threadName, fileDescriptor, onReadable, poll);
        watch.poller.start();
        return watch;
    }

    private void pollUntilClosed() {
        try {
            while (awaitTurn()) {
                if (poll.await(fileDescriptor, POLL_MILLIS) && beginDraining()) {
                    loop.eventLoop().execute(this::drain);
                }
            }
        } catch (InterruptedException | RejectedExecutionException _) {
            // The loop is closing.
        } catch (IOException | RuntimeException e) {
            loop.bugs().report(e);
        }
    }

    private synchronized boolean awaitTurn() throws InterruptedException {
        while (!closed && (paused || draining)) {
            wait();
        }
        return !closed;
    }

    private synchronized boolean beginDraining() {
        draining = !closed && !paused;
        return draining;
    }

    private void drain() {
        loop.counters().increment(CounterId.LOOP_WAIT_CALLS); // the poll that led here
        if (mayCall()) {
            loop.bugs().guard(onReadable);
        }
        endDraining();
    }

    private synchronized boolean mayCall() {
        return !closed && !paused;
    }

    private synchronized void endDraining() {
        draining = false;
        notifyAll();
    }

    @Override
    public synchronized void pause() {
        paused = true;
    }

    @Override
    public synchronized void resume() {
        paused = false;
        notifyAll();
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        loop.barrier(); // a callback may be running
        try {
            poller.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
