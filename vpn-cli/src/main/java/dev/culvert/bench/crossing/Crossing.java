package dev.culvert.bench.crossing;

import java.io.IOException;

/** One way of carrying frames of one size, or of doing nothing at all; a batch of them at a time. */
interface Crossing {
    /** Brings about what {@link #run} takes; not timed. */
    default void prepare() throws IOException {}

    /** Timed: at least some 10 us of work, without garbage. Returns how many frames were carried. */
    int run() throws IOException;

    /** Clears away what {@link #run} left; not timed. */
    default void settle() throws IOException {}
}
