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

    private double cpuSeconds;
    private double stealPercent;
    private OptionalDouble crossings = OptionalDouble.empty();
    private OptionalDouble systemCalls = OptionalDouble.empty();

    Meters(Subject subject, Optional<SystemCallCount> systemCallCount) {
        this.subject = subject;
        this.systemCallCount = systemCallCount;
    }

    // Asking a subject for its crossings may make it work, so that is done outside of its CPU time; perf stands closest
    // to the traffic, for its count must hold nothing else.
    @Override
    public void opens() throws IOException {
        crossingsBefore = subject.crossings();
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
        OptionalLong crossingsNow = subject.crossings();
        if (crossingsNow.isPresent() && crossingsBefore.isPresent()) {
            crossings = OptionalDouble.of((double) (crossingsNow.getAsLong() - crossingsBefore.getAsLong()));
        }
        if (systemCallCount.isPresent()) {
            systemCalls = OptionalDouble.of((double) systemCallCount.get().result());
        }
    }

    Measurement measurement(Workload workload, int round, Carried carried) {
        return new Measurement(
                subject.name(),
                workload,
                round,
                carried,
                Frames.of(workload, carried, subject.mtu()),
                subject.processes().isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(cpuSeconds),
                crossings,
                systemCalls,
                stealPercent);
    }
}
