package dev.culvert.bench.contest;

import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;

/**
 * One workload through one subject, in one round.
 *
 * <p>A <em>frame</em> is a full packet of payload, by the MTU of the subject, whatever it travelled in: what carries 64
 * KB at once carries that many frames. Those that only acknowledge are not counted; what they cost is.
 *
 * @param attempts until something arrived
 * @param frames that arrived
 * @param cpuSeconds of the subject's processes; empty for a subject that has none
 * @param crossings by the subject's own count
 * @param systemCalls of its processes, by the kernel's count
 */
public record Measurement(
        String subject,
        Workload workload,
        int round,
        int attempts,
        Carried carried,
        double frames,
        OptionalDouble cpuSeconds,
        OptionalDouble crossings,
        OptionalDouble systemCalls) {
    private static final double BYTES_PER_GIGABYTE = 1e9;
    private static final double MICROS_PER_SECOND = 1e6;
    private static final double NANOS_PER_SECOND = 1e9;

    public double framesPerSecond() {
        return frames * NANOS_PER_SECOND / carried.nanos();
    }

    public OptionalDouble cpuSecondsPerGigabyte() {
        return map(cpuSeconds, seconds -> seconds * BYTES_PER_GIGABYTE / carried.payloadBytes());
    }

    public OptionalDouble cpuMicrosPerFrame() {
        return map(cpuSeconds, seconds -> seconds * MICROS_PER_SECOND / frames);
    }

    public OptionalDouble crossingsPerFrame() {
        return map(crossings, calls -> calls / frames);
    }

    public OptionalDouble systemCallsPerFrame() {
        return map(systemCalls, calls -> calls / frames);
    }

    /** Nothing has no price. */
    private OptionalDouble map(OptionalDouble value, DoubleUnaryOperator operation) {
        return value.isPresent() && carried.payloadBytes() > 0
                ? OptionalDouble.of(operation.applyAsDouble(value.getAsDouble()))
                : OptionalDouble.empty();
    }
}
