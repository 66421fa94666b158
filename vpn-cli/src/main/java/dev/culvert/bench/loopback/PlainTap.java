package dev.culvert.bench.loopback;

import dev.culvert.bench.contest.Subject;
import dev.culvert.lab.Lab;
import dev.culvert.lab.LabException;
import dev.culvert.lab.LabHost;
import dev.culvert.lab.TapLoopbackProcess;
import java.util.List;
import java.util.OptionalLong;

/** A TAP in each host, and one process that hands frames from one to the other. */
final class PlainTap implements Subject {
    static final String NAME = "plain TAP";
    static final String WITH_OFFLOADS = "plain TAP, offloads";

    private final String name;
    private final Net net;
    private final int mtu;
    private final TapLoopbackProcess process;
    private final ProcessHandle handle;

    private PlainTap(String name, Net net, int mtu, TapLoopbackProcess process) throws LabException {
        this.name = name;
        this.net = net;
        this.mtu = mtu;
        this.process = process;
        this.handle = process.handle();
    }

    /** @param offloads the kernel hands over and takes super-frames, not yet cut and without checksums */
    static PlainTap start(Lab lab, LabHost first, LabHost second, Net net, int mtu, boolean offloads)
            throws LabException {
        TapLoopbackProcess process = TapLoopbackProcess.start(
                lab, first, Net.prefix(net.first()), second, Net.prefix(net.second()), mtu, offloads);
        return new PlainTap(offloads ? WITH_OFFLOADS : NAME, net, mtu, process);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String firstAddress() {
        return net.first();
    }

    @Override
    public String secondAddress() {
        return net.second();
    }

    @Override
    public List<ProcessHandle> processes() {
        return List.of(handle);
    }

    @Override
    public int mtu() {
        return mtu;
    }

    @Override
    public OptionalLong crossings() throws LabException {
        return OptionalLong.of(process.counts().calls());
    }
}
