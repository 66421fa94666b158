package dev.culvert.bench.machine;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** clock_gettime(2) of another process's CPU-time clock. */
final class ProcessClock {
    private static final int CPUCLOCK_SCHED = 2; // linux/posix-timers.h; no thread bit: of the whole process
    private static final long TIMESPEC_BYTES = 16;
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private static final MethodHandle CLOCK_GETTIME = bind();

    private ProcessClock() {}

    // Calling into C is what this class is for; the launcher allows it with --enable-native-access.
    @SuppressWarnings("restricted")
    private static MethodHandle bind() {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().findOrThrow("clock_gettime"),
                FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS));
    }

    static long cpuNanos(long pid) throws IOException {
        int clock = (~Math.toIntExact(pid) << 3) | CPUCLOCK_SCHED; // as clock_getcpuclockid(3) makes it
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment time = arena.allocate(TIMESPEC_BYTES, Long.BYTES);
            if (getTime(clock, time) != 0) {
                throw new IOException("process %d has ended: its CPU time cannot be read any more".formatted(pid));
            }
            return time.get(JAVA_LONG, 0) * NANOS_PER_SECOND + time.get(JAVA_LONG, Long.BYTES);
        }
    }

    private static int getTime(int clock, MemorySegment time) {
        try {
            return (int) CLOCK_GETTIME.invokeExact(clock, time);
        } catch (Throwable e) {
            throw new IllegalStateException("a downcall threw, which C cannot", e);
        }
    }
}
