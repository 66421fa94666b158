package dev.culvert.bench.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.culvert.bench.result.Environment;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class MachineTest {
    private static final ProcessHandle SELF = ProcessHandle.current();

    @Test
    void saysWhereItIs() throws IOException {
        Environment environment = Machine.environment(Map.of("MTU", "1500"));

        assertThat(environment.cores()).isPositive();
        assertThat(environment.facts()).containsEntry("MTU", "1500");
        assertThat(List.of(environment.culvert(), environment.kernel(), environment.cpu(), environment.jdk()))
                .noneMatch(String::isBlank);
        assertThat(environment.kernel()).startsWith("Linux ");
        assertThat(environment.jdk())
                .contains(Integer.toString(Runtime.version().feature()));
    }

    @Test
    void countsTimeOfThreadsThatHaveEnded() throws Exception {
        CpuMeter meter = CpuMeter.start(List.of(SELF));
        long[] ofThread = new long[1];
        Thread busy = Thread.ofPlatform().start(() -> ofThread[0] = spin(TimeUnit.MILLISECONDS.toNanos(200)));
        busy.join();

        assertThat(meter.nanos()).isGreaterThanOrEqualTo(ofThread[0]);
    }

    @Test
    void agreesWithTheJvmAboutItsCpuTime() throws IOException {
        var system = (com.sun.management.OperatingSystemMXBean)
                java.lang.management.ManagementFactory.getOperatingSystemMXBean();
        long jvmBegan = system.getProcessCpuTime();
        CpuMeter meter = CpuMeter.start(List.of(SELF));
        spin(TimeUnit.MILLISECONDS.toNanos(300));
        long measured = meter.nanos();
        long told = system.getProcessCpuTime() - jvmBegan;

        assertThat(measured).isCloseTo(told, within(told / 5)); // the JVM's own clock ticks every 10 ms
    }

    @Test
    void addsUpSeveralProcesses() throws IOException {
        CpuMeter once = CpuMeter.start(List.of(SELF));
        CpuMeter twice = CpuMeter.start(List.of(SELF, SELF));
        spin(TimeUnit.MILLISECONDS.toNanos(50));
        long lower = once.nanos();
        assertThat(twice.nanos()).isGreaterThanOrEqualTo(lower * 3 / 2);
        assertThat(CpuMeter.start(List.of()).nanos()).isZero();
    }

    @Test
    void aProcessThatEndedIsNoZero() throws Exception {
        Process process = new ProcessBuilder("true").start();
        process.waitFor();
        assertThatThrownBy(() -> CpuMeter.start(List.of(process.toHandle())).nanos())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("process " + process.pid() + " has ended");
    }

    @Test
    void knowsWhatAllProcessorsDid() throws IOException {
        StealMeter meter = StealMeter.start();
        CpuMeter own = CpuMeter.start(List.of(SELF));
        spin(TimeUnit.MILLISECONDS.toNanos(300));
        double ownSeconds = own.nanos() / 1e9;

        // Ticks of 10 ms, and whoever else runs.
        assertThat(meter.busySeconds()).isGreaterThan(ownSeconds * 0.8 - 0.02);
        assertThat(meter.percent()).isBetween(0.0, 100.0);
    }

    /** Uses the processor for so long, by the clock of the thread: however busy the machine is. Returns what it used. */
    private static long spin(long nanos) {
        var threads = java.lang.management.ManagementFactory.getThreadMXBean();
        long began = threads.getCurrentThreadCpuTime();
        long used = 0;
        while (used < nanos) {
            used = threads.getCurrentThreadCpuTime() - began;
        }
        return used;
    }
}
