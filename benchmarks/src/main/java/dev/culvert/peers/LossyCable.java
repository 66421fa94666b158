package dev.culvert.peers;

import dev.culvert.lab.LabException;
import dev.culvert.lab.LabHost;
import java.util.List;

/**
 * Loses at random one of a hundred packets that come over the cable, in either host, until it is closed. Netfilter does it,
 * before anything takes the packet; with the cable's offloads off a packet is one datagram, and not forty.
 */
record LossyCable(List<LabHost> hosts) implements AutoCloseable {
    static final String PROGRAM = "nft";

    /** Loses nothing. */
    static LossyCable none() {
        return new LossyCable(List.of());
    }

    static LossyCable in(Gathering gathering) throws LabException {
        LossyCable cable = new LossyCable(List.of(gathering.one(), gathering.two()));
        for (LabHost host : cable.hosts) {
            String device = gathering.cable().first().name(); // the first link of either host
            host.run(
                            PROGRAM,
                            "add table inet lossy;"
                                    + " add chain inet lossy input { type filter hook input priority 0; };"
                                    + " add rule inet lossy input iifname %s numgen random mod 100 == 0 drop"
                                            .formatted(device))
                    .orThrow();
        }
        return cable;
    }

    @Override
    public void close() throws LabException {
        for (LabHost host : hosts) {
            host.run(PROGRAM, "delete table inet lossy").orThrow();
        }
    }
}
