package dev.culvert.tunnel;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What has to be taken back, latest first. One that fails does not keep the others. Thread safe. */
final class CleanUp implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CleanUp.class);

    private record Step(String what, AutoCloseable resource) {}

    private final Deque<Step> steps = new ArrayDeque<>();

    /** Remembers {@code resource} and returns it. */
    synchronized <T extends AutoCloseable> T later(String what, T resource) {
        steps.push(new Step(what, resource));
        return resource;
    }

    @Override
    public synchronized void close() {
        for (Step step = steps.poll(); step != null; step = steps.poll()) {
            try {
                step.resource().close();
            } catch (Exception failed) {
                LOG.warn("closing failed part=\"{}\" reason=\"{}\"", step.what(), failed.toString());
            }
        }
    }
}
