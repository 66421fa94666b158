package dev.culvert.bench.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * How much of the processors' time went to others since this meter was started: neither to the processes it was told of,
 * nor to this JVM or to what this JVM has started and seen the end of. A hypervisor says what it takes ({@link
 * StealMeter}); a program that runs besides does not, and spoils a measurement as much.
 */
public final class ForeignLoad {
    private static final Path OURSELVES = Path.of("/proc/self/stat");
    // proc_pid_stat(5), counted from 1; in ticks, of the children that were waited for
    private static final int STATE = 3;
    private static final int CHILDREN_USER = 16;
    private static final int CHILDREN_SYSTEM = 17;

    private final MachineTime began;
    private final CpuMeter ours;
    private final long childrenBeganTicks;

    private ForeignLoad(MachineTime began, CpuMeter ours, long childrenBeganTicks) {
        this.began = began;
        this.ours = ours;
        this.childrenBeganTicks = childrenBeganTicks;
    }

    /** @param ours that are to be measured, and live as long as this meter is needed */
    public static ForeignLoad start(List<ProcessHandle> ours) throws IOException {
        List<ProcessHandle> all = Stream.concat(ours.stream(), Stream.of(ProcessHandle.current()))
                .distinct()
                .toList();
        return new ForeignLoad(MachineTime.now(), CpuMeter.start(all), childrenTicks());
    }

    /** Of all processors' time, idle included; 10 ms grained, so over half a second and more. */
    public double percent() throws IOException {
        MachineTime machine = MachineTime.now().since(began);
        double oursTicks = (double) ours.nanos() / MachineTime.NANOS_PER_TICK + childrenTicks() - childrenBeganTicks;
        return machine.all() == 0 ? 0 : Math.max(0, 100 * (machine.busy() - oursTicks) / machine.all());
    }

    static long childrenTicks() throws IOException {
        return childrenTicks(Files.readString(OURSELVES));
    }

    static long childrenTicks(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1); // a name may hold anything
        return Long.parseLong(fields[CHILDREN_USER - STATE]) + Long.parseLong(fields[CHILDREN_SYSTEM - STATE]);
    }
}
