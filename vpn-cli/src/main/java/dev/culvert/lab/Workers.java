package dev.culvert.lab;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Threads that carry traffic until what they read or write is closed; the first failure before that is remembered. No
 * virtual threads: those wait for sockets in a way that costs throughput. All but {@link #isEnding} is for one caller.
 */
public final class Workers {
    private final String what;
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicReference<Optional<IOException>> failure = new AtomicReference<>(Optional.empty());
    private volatile boolean ending;

    /** What a thread does. */
    @FunctionalInterface
    public interface Work {
        void run() throws IOException;
    }

    /** @param what they do, for error messages */
    public Workers(String what) {
        this.what = what;
    }

    public Thread start(String name, Work work) {
        Thread thread = Thread.ofPlatform().daemon().name(name).start(() -> run(work));
        threads.add(thread);
        return thread;
    }

    private void run(Work work) {
        try {
            work.run();
        } catch (IOException e) {
            if (!ending) {
                failure.compareAndSet(Optional.empty(), Optional.of(e));
            }
        }
    }

    /** From now on it is no failure when something closes under a thread. */
    public void end() {
        ending = true;
    }

    public boolean isEnding() {
        return ending;
    }

    /** @throws LabException with what failed first */
    public void check() throws LabException {
        Optional<IOException> failed = failure.get();
        if (failed.isPresent()) {
            throw new LabException(what + ": " + failed.get().getMessage(), failed.get());
        }
    }

    /** Returns when all have ended. */
    public void join() throws LabException {
        for (Thread thread : threads) {
            join(thread);
        }
    }

    /** Returns when {@code thread} has ended. */
    public void join(Thread thread) throws LabException {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException(what + ": interrupted", e);
        }
    }
}
