package dev.culvert.time;

/** Nanoseconds that only ever grow, with an arbitrary origin: compare by difference. Callable from any thread. */
@FunctionalInterface
public interface MonotonicClock {
    long nanoTime();

    /** The clock of this machine. */
    static MonotonicClock system() {
        return System::nanoTime;
    }
}
