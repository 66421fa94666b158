package dev.culvert.bench.machine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The CPU time of some processes since this meter was started, by each process's own clock (clock_getcpuclockid(3)):
 * nanoseconds, all threads, those that have ended too. (/proc/PID/stat is 10 ms grained, /proc/PID/task/N/schedstat
 * forgets threads that end.)
 *
 * <p>What the kernel does on a process's behalf is inside, and so is what it does for others while it interrupts the
 * process: a frame written to a TAP is received, and mostly delivered, on its writer's time. What a kernel thread does
 * (ksoftirqd under load) is on nobody's account.
 */
public final class CpuMeter {
    private record Reading(long pid, long beganNanos) {}

    private final List<Reading> readings;

    private CpuMeter(List<Reading> readings) {
        this.readings = readings;
    }

    /** @throws IOException when one of them has ended */
    public static CpuMeter start(List<ProcessHandle> processes) throws IOException {
        List<Reading> readings = new ArrayList<>();
        for (ProcessHandle process : processes) {
            readings.add(new Reading(process.pid(), ProcessClock.cpuNanos(process.pid())));
        }
        return new CpuMeter(readings);
    }

    /** @throws IOException when one of them has ended */
    public long nanos() throws IOException {
        long nanos = 0;
        for (Reading reading : readings) {
            nanos += ProcessClock.cpuNanos(reading.pid()) - reading.beganNanos();
        }
        return nanos;
    }
}
