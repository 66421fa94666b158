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
    void stealIsAShare() throws IOException {
        StealMeter meter = StealMeter.start();
        spin(TimeUnit.MILLISECONDS.toNanos(100));
        assertThat(meter.percent()).isBetween(0.0, 100.0);
    }

    @Test
    void whatOthersTakeIsForeignUnlessItBelongsToUs() throws Exception {
        Process other = new ProcessBuilder("sh", "-c", "while :; do :; done").start();
        try {
            ForeignLoad withIt = ForeignLoad.start(List.of());
            ForeignLoad withoutIt = ForeignLoad.start(List.of(other.toHandle()));
            CpuMeter its = CpuMeter.start(List.of(other.toHandle()));
            MachineTime began = MachineTime.now();
            while (its.nanos() < TimeUnit.MILLISECONDS.toNanos(300)) {
                spin(TimeUnit.MILLISECONDS.toNanos(10));
            }
            double itsPercent = 100.0
                    * its.nanos()
                    / MachineTime.NANOS_PER_TICK
                    / MachineTime.now().since(began).all();
            double difference = withIt.percent() - withoutIt.percent();
            assertThat(difference).isCloseTo(itsPercent, within(itsPercent / 3)); // ticks of 10 ms
        } finally {
            other.destroyForcibly();
        }
    }

    @Test
    void whatWeRanToItsEndIsOurs() throws Exception {
        long before = ForeignLoad.childrenTicks();
        Process child = new ProcessBuilder("sh", "-c", "i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done").start();
        assertThat(child.waitFor()).isZero();
        assertThat(ForeignLoad.childrenTicks()).isGreaterThan(before + 2);
        assertThat(ForeignLoad.childrenTicks("7 (a ) b) S 1 7 7 0 -1 4194304 1 2 0 0 500 600 70 8 20 0"))
                .isEqualTo(78);
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
