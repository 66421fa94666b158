package dev.culvert.bench.loopback;

import dev.culvert.bench.contest.Subject;
import dev.culvert.lab.LabException;
import dev.culvert.lab.LabHost;
import dev.culvert.lab.TapLoopbackProcess;
import java.util.List;
import java.util.OptionalLong;

/** A TAP in each host, and one process that hands frames from one to the other. */
record PlainTap(
        String name,
        String firstAddress,
        String secondAddress,
        int mtu,
        List<ProcessHandle> processes,
        TapLoopbackProcess process)
        implements Subject {
    static final String NAME = "plain TAP";
    static final String WITH_OFFLOADS = "plain TAP, offloads";

    /** @param offloads the kernel hands over and takes super-frames, not yet cut and without checksums */
    static PlainTap start(LabHost first, LabHost second, Net net, int mtu, boolean offloads) throws LabException {
        TapLoopbackProcess process = TapLoopbackProcess.start(
                first, Net.prefix(net.first()), second, Net.prefix(net.second()), mtu, offloads);
        return new PlainTap(
                offloads ? WITH_OFFLOADS : NAME, net.first(), net.second(), mtu, List.of(process.handle()), process);
    }

    @Override
    public OptionalLong crossings() throws LabException {
        return OptionalLong.of(process.counts().calls());
    }
}
