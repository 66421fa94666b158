package dev.culvert.bench.result;

import java.time.Instant;
import java.util.List;

/**
 * One run of one benchmark.
 *
 * @param format of the saved form; {@link #FORMAT}
 * @param benchmark {@code crossing}, {@code loopback}, {@code crypto}, {@code live} or {@code peers}
 * @param settings what was asked for: the command line, in a form that would be accepted again
 * @param stealPercent of the processors' time that the hypervisor gave to others, per round
 * @param warnings what a reader must know before believing a figure
 */
public record Report(
        int format,
        String benchmark,
        Instant began,
        double seconds,
        String settings,
        Environment environment,
        Samples stealPercent,
        List<Section> sections,
        List<String> warnings) {
    public static final int FORMAT = 1;
}
