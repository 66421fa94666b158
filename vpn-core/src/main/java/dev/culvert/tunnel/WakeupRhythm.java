package dev.culvert.tunnel;

/**
 * How many frames a wakeup looks for. To read until there is nothing costs a read that finds nothing; where frames come
 * one by one (acknowledgements), that is half of all reads. So after a wakeup that found a single frame, the next few
 * read one and ask the loop, which tells at once when there is more. Confined to its lane.
 */
final class WakeupRhythm {
    /** Then it is looked again whether frames still come one by one. */
    private static final int SINGLE_WAKEUPS = 7;

    private int singlesLeft;

    int framesToRead(int most) {
        if (singlesLeft == 0) {
            return most;
        }
        singlesLeft--;
        return 1;
    }

    /** A wakeup has read until there was nothing more. */
    void onEmpty(int framesRead) {
        singlesLeft = framesRead == 1 ? SINGLE_WAKEUPS : 0;
    }
}
