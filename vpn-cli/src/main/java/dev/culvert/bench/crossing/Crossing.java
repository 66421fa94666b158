package dev.culvert.bench.crossing;

import java.io.IOException;

/**
 * One way of carrying frames of one size, or of doing nothing at all; a batch of them at a time. A batch may be broken
 * off by whatever it throws, and the next one begins with {@link #prepare} all the same.
 */
interface Crossing {
    /** Brings about what {@link #run} takes, and takes out what a broken batch left lying there; not timed. */
    default void prepare() throws IOException {}

    /** Timed: at least some 10 us of work, without garbage. Returns how many frames were carried. */
    int run() throws IOException;

    /** Clears away what {@link #run} left; not timed. */
    default void settle() throws IOException {}

    /** Whether the kernel has said that it copied what was to be carried without a copy. */
    default boolean hasCopied() {
        return false;
    }
}
