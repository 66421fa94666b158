package dev.culvert.bench.live;

import dev.culvert.bench.machine.CpuMeter;
import dev.culvert.tunnel.TunnelStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The CPU time of the tunnel's process, where it can be told which that is. The number in a status is of the process
 * namespace that the tunnel is in; in ours it may be nobody's, or another process's.
 */
record CpuSource(Optional<CpuMeter> meter) {
    private static final Path PROC = Path.of("/proc");
    private static final String NETWORK = "ns/net"; // namespaces(7)

    static CpuSource of(TunnelStatus status) {
        return of(status, PROC);
    }

    /** @param proc a mounted proc(5) */
    static CpuSource of(TunnelStatus status, Path proc) {
        Path candidate = proc.resolve(Long.toString(status.processId()));
        try {
            if (isOfOurNamespace(proc) && isOfOurNetwork(candidate, proc) && holds(candidate, status.name())) {
                ProcessHandle process = ProcessHandle.of(status.processId()).orElseThrow(IOException::new);
                return new CpuSource(Optional.of(CpuMeter.start(List.of(process))));
            }
        } catch (IOException | DirectoryIteratorException _) {
            // no such process, or not ours to look at
        }
        return new CpuSource(Optional.empty());
    }

    /** Its numbers are those that the calls of this process take. */
    private static boolean isOfOurNamespace(Path proc) throws IOException {
        String self = Files.readSymbolicLink(proc.resolve("self")).toString();
        return self.equals(Long.toString(ProcessHandle.current().pid()));
    }

    private static boolean isOfOurNetwork(Path candidate, Path proc) throws IOException {
        Path ours = Files.readSymbolicLink(proc.resolve("thread-self").resolve(NETWORK));
        return Files.readSymbolicLink(candidate.resolve(NETWORK)).equals(ours);
    }

    /** Has the device of this name open: the kernel says so (tun_chr_show_fdinfo in drivers/net/tun.c). */
    private static boolean holds(Path candidate, String device) throws IOException {
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(candidate.resolve("fdinfo"))) {
            for (Path descriptor : descriptors) {
                if (linesOf(descriptor).contains("iff:\t" + device)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static List<String> linesOf(Path descriptor) throws IOException {
        try {
            return Files.readAllLines(descriptor, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException closedMeanwhile) {
            return List.of();
        }
    }

    /** Used until now, from an arbitrary origin; empty when it cannot be told. */
    Optional<Long> nanos() {
        if (meter.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(meter.get().nanos());
        } catch (IOException ended) {
            return Optional.empty();
        }
    }
}
