package dev.culvert.lab;

/**
 * What a {@link PlainTapLoopback} has done, both directions together.
 *
 * @param frames handed over; a super-frame is one
 * @param refused frames that the kernel did not take
 * @param reads system calls that read from a TAP, those that found nothing included
 * @param writes system calls that wrote to a TAP
 * @param waits system calls that waited for a frame
 */
public record LoopbackCounts(long frames, long refused, long reads, long writes, long waits) {
    /** System calls made for frames. */
    public long calls() {
        return reads + writes + waits;
    }

    LoopbackCounts plus(LoopbackCounts other) {
        return new LoopbackCounts(
                frames + other.frames,
                refused + other.refused,
                reads + other.reads,
                writes + other.writes,
                waits + other.waits);
    }
}
