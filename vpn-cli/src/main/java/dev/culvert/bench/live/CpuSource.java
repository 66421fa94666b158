package dev.culvert.bench.live;

import dev.culvert.bench.machine.CpuMeter;
import dev.culvert.tunnel.TunnelStatus;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The tunnel's own process, where it can be seen: not from inside another process namespace. */
record CpuSource(Optional<ProcessHandle> process) {
    static CpuSource of(TunnelStatus status) {
        return new CpuSource(ProcessHandle.of(status.processId()));
    }

    Optional<CpuMeter> start() throws IOException {
        return process.isPresent() ? Optional.of(CpuMeter.start(List.of(process.get()))) : Optional.empty();
    }
}
