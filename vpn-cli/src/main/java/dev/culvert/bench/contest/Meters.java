package dev.culvert.bench.contest;

import dev.culvert.bench.machine.CpuMeter;
import dev.culvert.bench.machine.StealMeter;
import dev.culvert.bench.machine.SystemCallCount;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Reads, at the two ends of the counted time, what a subject costs. */
final class Meters implements Generator.Window {
    private final Subject subject;
    private final Optional<SystemCallCount> systemCallCount;

    private Optional<CpuMeter> cpu = Optional.empty();
    private Optional<StealMeter> steal = Optional.empty();
    private OptionalLong crossingsBefore = OptionalLong.empty();
    private long askedBeforeNanos;
    private long askedNanos; // from the first asking to the second

    private double cpuSeconds;
    private double stealPercent;
    private OptionalDouble crossings = OptionalDouble.empty();
    private OptionalDouble systemCalls = OptionalDouble.empty();

    Meters(Subject subject, Optional<SystemCallCount> systemCallCount) {
        this.subject = subject;
        this.systemCallCount = systemCallCount;
    }

    // Asking a subject for its crossings may make it work, so that is done outside of its CPU time; perf stands closest
    // to the traffic, for its count must hold nothing else. A subject that is busy takes milliseconds to answer: the
    // times of asking are kept, to know what went through meanwhile.
    @Override
    public void opens() throws IOException {
        long began = System.nanoTime();
        crossingsBefore = subject.crossings();
        askedBeforeNanos = middle(began, System.nanoTime());
        steal = Optional.of(StealMeter.start());
        cpu = Optional.of(CpuMeter.start(subject.processes()));
        if (systemCallCount.isPresent()) {
            systemCallCount.get().enable();
        }
    }

    @Override
    public void closes() throws IOException {
        if (systemCallCount.isPresent()) {
            systemCallCount.get().disable();
        }
        cpuSeconds = cpu.orElseThrow().nanos() / 1e9;
        stealPercent = steal.orElseThrow().percent();
        long began = System.nanoTime();
        OptionalLong crossingsNow = subject.crossings();
        askedNanos = middle(began, System.nanoTime()) - askedBeforeNanos;
        if (crossingsNow.isPresent() && crossingsBefore.isPresent()) {
            crossings = OptionalDouble.of((double) (crossingsNow.getAsLong() - crossingsBefore.getAsLong()));
        }
        if (systemCallCount.isPresent()) {
            systemCalls = OptionalDouble.of((double) systemCallCount.get().result());
        }
    }

    private static long middle(long beganNanos, long endedNanos) {
        return beganNanos + (endedNanos - beganNanos) / 2;
    }

    /** @param flowsBeyond as {@link Generator#flowsBeyondWindow} */
    Measurement measurement(Workload workload, int round, Carried carried, boolean flowsBeyond) {
        double counted = flowsBeyond ? (double) carried.nanos() / askedNanos : 1;
        return new Measurement(
                subject.name(),
                workload,
                round,
                carried,
                Frames.of(workload, carried, subject.mtu()),
                subject.processes().isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(cpuSeconds),
                crossings.isPresent() ? OptionalDouble.of(counted * crossings.getAsDouble()) : crossings,
                systemCalls,
                stealPercent);
    }
}
