package dev.culvert.it.wireguard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.lab.Lab;
import dev.culvert.lab.LabException;
import dev.culvert.lab.LabHost;
import java.util.ArrayList;
import java.util.List;

/**
 * Pairs of a Culvert and a wireguard-go. Closing it asserts what every test has to: that each Culvert can account for
 * all that it carried, and that nothing is left behind.
 */
final class InteropLab implements AutoCloseable {
    private final Lab lab;
    private final List<InteropPair> pairs = new ArrayList<>();

    private InteropLab(Lab lab) {
        this.lab = lab;
    }

    static InteropLab open() throws LabException {
        return new InteropLab(Lab.open("ping", "wireguard-go", "wg", "tcpdump", "tshark", "ethtool"));
    }

    /** Makes a pair; it is still to be started. */
    InteropPair pair(InteropPlan plan) throws LabException {
        InteropPair pair = new InteropPair(lab, "pair" + pairs.size(), plan);
        pairs.add(pair);
        return pair;
    }

    /** Makes a host with a cable of its own to {@code victim}, which is 198.51.100.1 there (RFC 5737). */
    LabHost stranger(LabHost victim) throws LabException {
        LabHost stranger = lab.host("stranger");
        lab.link(victim, "198.51.100.1/24", stranger, "198.51.100.2/24");
        return stranger;
    }

    @Override
    public void close() throws LabException {
        try (lab) {
            for (InteropPair pair : pairs) {
                pair.settled();
            }
        }
        assertThat(lab.remains()).isEmpty();
        assertThat(pairs).noneMatch(pair -> pair.wireGuard().leftItsControlSocket());
    }
}
