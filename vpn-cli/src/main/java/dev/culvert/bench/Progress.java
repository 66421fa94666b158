package dev.culvert.bench;

/** Told what a benchmark does next, so that nobody has to wait in the dark. Called on the measuring thread, between measurements. */
@FunctionalInterface
public interface Progress {
    /**
     * @param what for people: {@code round 2 of 5: plain TAP, TCP 4 streams}
     * @param done of the whole run, 0 to 1
     */
    void onStep(String what, double done);
}
