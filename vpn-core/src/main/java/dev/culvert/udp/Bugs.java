package dev.culvert.udp;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where exceptions end that code on a loop let out: defects of ours, since bad input never throws. The first of a loop
 * is logged with its stack; frames of strangers might provoke the same one a million times, so the rest are debug.
 */
final class Bugs {
    private static final Logger LOG = LoggerFactory.getLogger(Bugs.class);

    private volatile boolean seen;

    /** Runs {@code task}; what it throws would stop Netty's loop for a second, or a periodic task for good. */
    void guard(Runnable task) {
        try {
            task.run();
        } catch (Throwable e) { // an Error too: it would end the loop, and the tunnel would be dead without a word
            report(e);
        }
    }

    void report(Throwable bug) {
        if (seen) {
            LOG.debug("another unexpected exception on the loop", bug);
        } else {
            seen = true;
            LOG.error("unexpected exception on the loop; further ones are logged at debug level", bug);
        }
    }
}
