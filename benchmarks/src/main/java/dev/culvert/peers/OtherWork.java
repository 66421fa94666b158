package dev.culvert.peers;

import dev.culvert.bench.machine.CpuMeter;
import dev.culvert.bench.machine.StealMeter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What the processors did during a run that was neither a peer's work nor ours: other programs, and the kernel's own
 * threads. Where it is much, figures say more about the company than about the peers.
 */
final class OtherWork {
    private static final Path OWN_STAT = Path.of("/proc/self/stat");
    private static final double TICKS_PER_SECOND = 100; // USER_HZ
    // Of proc_pid_stat(5) cutime and cstime, fields 16 and 17; behind the name comes field 3.
    private static final int CHILDREN_USER = 16 - 3;
    private static final int CHILDREN_SYSTEM = 17 - 3;
    /** The kernel's own threads take a few percent at most. */
    private static final double NOTICEABLE_PERCENT = 10;

    private final long beganNanos = System.nanoTime();
    private final StealMeter machine;
    private final CpuMeter peersAndUs;
    private final double childrenSeconds;

    private OtherWork(StealMeter machine, CpuMeter peersAndUs, double childrenSeconds) {
        this.machine = machine;
        this.peersAndUs = peersAndUs;
        this.childrenSeconds = childrenSeconds;
    }

    static OtherWork start(List<RunningPeer> peers) throws IOException {
        List<ProcessHandle> processes = new ArrayList<>(List.of(ProcessHandle.current()));
        peers.forEach(peer -> processes.addAll(peer.processes()));
        return new OtherWork(StealMeter.start(), CpuMeter.start(processes), childrenSeconds());
    }

    /** Of the processors' time since then. All peers must still live. */
    double percent() throws IOException {
        double seconds = (System.nanoTime() - beganNanos) / 1e9;
        double known = peersAndUs.nanos() / 1e9 + childrenSeconds() - childrenSeconds;
        double other = Math.max(0, machine.busySeconds() - known);
        return 100 * other / (seconds * Runtime.getRuntime().availableProcessors());
    }

    static List<String> warnings(double percent) {
        return percent < NOTICEABLE_PERCENT
                ? List.of()
                : List.of(String.format(
                        Locale.ROOT,
                        "Neither peers nor traffic took %.0f %% of the processors' time: other programs run here; repeat it"
                                + " when the machine is quieter.",
                        percent));
    }

    private static double childrenSeconds() throws IOException {
        return childrenSeconds(Files.readString(OWN_STAT));
    }

    /** Of our children that have ended: iperf3, perf, ping; peers have not. */
    static double childrenSeconds(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[CHILDREN_USER]) + Long.parseLong(fields[CHILDREN_SYSTEM])) / TICKS_PER_SECOND;
    }
}
