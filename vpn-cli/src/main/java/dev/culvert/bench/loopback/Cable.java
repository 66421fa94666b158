package dev.culvert.bench.loopback;

import dev.culvert.bench.contest.Subject;
import dev.culvert.lab.Lab;
import dev.culvert.lab.LabException;
import dev.culvert.lab.LabHost;
import java.util.List;

/** The veth pair that everything else runs over, alone: what the hosts and the generator can do. */
record Cable(String firstAddress, String secondAddress, int mtu) implements Subject {
    static final String NAME = "cable alone";

    static Cable lay(Lab lab, LabHost first, LabHost second, Net net, int mtu) throws LabException {
        lab.link(first, Net.prefix(net.first()), second, Net.prefix(net.second()))
                .mtu(mtu);
        return new Cable(net.first(), net.second(), mtu);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<ProcessHandle> processes() {
        return List.of();
    }
}
