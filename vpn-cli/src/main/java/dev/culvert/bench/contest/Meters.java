package dev.culvert.bench.contest;

import dev.culvert.bench.machine.CpuMeter;
import dev.culvert.bench.machine.SystemCallCount;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Reads, at the two ends of the counted time, what a subject costs. */
final class Meters implements Generator.Window {
    private static final double NANOS_PER_SECOND = 1e9;

    private final Subject subject;
    private final List<ProcessHandle> processes;
    private final Optional<SystemCallCount> perf;

    private final Stretch asked = new Stretch();
    private final Stretch counted = new Stretch();
    private final Stretch clocked = new Stretch();

    private OptionalLong crossingsBefore = OptionalLong.empty();
    private OptionalLong crossingsAfter = OptionalLong.empty();
    private OptionalLong systemCalls = OptionalLong.empty();
    private Optional<CpuMeter> cpu = Optional.empty();
    private long cpuNanos;

    /** @param processes of the subject */
    Meters(Subject subject, List<ProcessHandle> processes, Optional<SystemCallCount> perf) {
        this.subject = subject;
        this.processes = processes;
        this.perf = perf;
    }

    // From the outside in. Asking a subject for its crossings makes it work, and takes milliseconds of a busy one; perf
    // has
    // to wake up before it obeys; a clock is read at once.
    @Override
    public void opens() throws IOException {
        asked.begin(() -> crossingsBefore = subject.crossings());
        if (perf.isPresent()) {
            counted.begin(perf.get()::enable);
        }
        clocked.begin(() -> cpu = Optional.of(CpuMeter.start(processes)));
    }

    @Override
    public void closes() throws IOException {
        clocked.end(() -> cpuNanos = cpu.orElseThrow().nanos());
        if (perf.isPresent()) {
            counted.end(perf.get()::disable);
        }
        asked.end(() -> crossingsAfter = subject.crossings());
        if (perf.isPresent()) {
            systemCalls = perf.get().result();
        }
    }

    /** @param flowsBeyond as {@link Generator#flowsBeyondWindow} */
    Measurement measurement(Workload workload, int round, int attempts, Carried carried, boolean flowsBeyond) {
        OptionalDouble seconds =
                subject.processes().isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(cpuNanos / NANOS_PER_SECOND);
        OptionalDouble crossings = crossingsBefore.isPresent() && crossingsAfter.isPresent()
                ? OptionalDouble.of((double) (crossingsAfter.getAsLong() - crossingsBefore.getAsLong()))
                : OptionalDouble.empty();
        OptionalDouble calls =
                systemCalls.isPresent() ? OptionalDouble.of((double) systemCalls.getAsLong()) : OptionalDouble.empty();
        return new Measurement(
                subject.name(),
                workload,
                round,
                attempts,
                carried,
                Frames.of(workload, carried, subject.mtu()),
                flowsBeyond ? share(seconds, clocked, carried) : seconds,
                flowsBeyond ? share(crossings, asked, carried) : crossings,
                flowsBeyond ? share(calls, counted, carried) : calls);
    }

    /** Of what was counted between two readings, what belongs to the time in which the traffic was counted. */
    private static OptionalDouble share(OptionalDouble count, Stretch between, Carried carried) {
        return count.isPresent()
                ? OptionalDouble.of(count.getAsDouble() * carried.nanos() / between.nanos())
                : OptionalDouble.empty();
    }
}
