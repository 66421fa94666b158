package dev.culvert.bench.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The first line of /proc/stat (proc_stat(5)): what all processors together did since the machine started, in ticks.
 *
 * @param busy for programs and for the kernel, interrupts included
 * @param stolen ready to run, and the hypervisor let others
 * @param all of these and idle
 */
record MachineTime(long busy, long stolen, long all) {
    static final Path FILE = Path.of("/proc/stat");
    /** USER_HZ: what the kernel tells user space in, whatever it counts in itself. */
    static final long NANOS_PER_TICK = 10_000_000;

    private static final int IDLE = 4;
    private static final int IO_WAIT = 5;
    private static final int STEAL = 8;

    static MachineTime now() throws IOException {
        return parse(Files.readAllLines(FILE));
    }

    /** {@code cpu user nice system idle iowait irq softirq steal guest guest_nice}; guests are counted in user and nice. */
    static MachineTime parse(List<String> stat) throws IOException {
        String[] fields = stat.getFirst().split(" +", -1);
        if (!fields[0].equals("cpu") || fields.length <= STEAL) {
            throw new IOException(FILE + ": its first line is not what it should be: " + stat.getFirst());
        }
        long all = 0;
        for (int field = 1; field <= STEAL; field++) {
            all += Long.parseLong(fields[field]);
        }
        long stolen = Long.parseLong(fields[STEAL]);
        long idle = Long.parseLong(fields[IDLE]) + Long.parseLong(fields[IO_WAIT]);
        return new MachineTime(all - idle - stolen, stolen, all);
    }

    MachineTime since(MachineTime earlier) {
        return new MachineTime(busy - earlier.busy, stolen - earlier.stolen, all - earlier.all);
    }

    double stolenPercent() {
        return all == 0 ? 0 : 100.0 * stolen / all;
    }
}
