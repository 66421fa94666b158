package dev.culvert.device.linux;

import static dev.culvert.device.TapOffload.CSUM;
import static dev.culvert.device.TapOffload.ECN;
import static dev.culvert.device.TapOffload.TSO4;
import static dev.culvert.device.TapOffload.TSO6;
import static dev.culvert.device.TapOffload.USO4;
import static dev.culvert.device.TapOffload.USO6;
import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.device.Errno;
import dev.culvert.device.TapOffload;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.Test;

class OffloadProbeTest {
    private static final Set<TapOffload> ALL = EnumSet.allOf(TapOffload.class);
    private static final long USO = IfTun.TUN_F_USO4 | IfTun.TUN_F_USO6;
    private static final long TSO = IfTun.TUN_F_TSO4 | IfTun.TUN_F_TSO6;

    /** What the kernel has set at the moment. */
    private long set;

    @Test
    void takesTheTwoUsosTogetherWhereEachAloneIsRefused() {
        OffloadProbe probe = probe(OffloadProbeTest::linux62);

        probe.ask(ALL);

        assertThat(probe.granted()).isEqualTo(ALL);
        assertThat(probe.refused()).isEmpty();
        assertThat(set).isEqualTo(0x6f);
    }

    @Test
    void doesWithoutUsoOnAnOlderKernel() {
        OffloadProbe probe = probe(flags -> (flags & USO) == 0 && linux62(flags));

        probe.ask(ALL);

        assertThat(probe.granted()).containsExactlyInAnyOrder(CSUM, TSO4, TSO6, ECN);
        assertThat(probe.refused()).containsOnlyKeys(USO4, USO6);
        assertThat(probe.refused().get(USO4)).contains("EINVAL", "Linux 6.2", "uso6");
        assertThat(set).isEqualTo(0x0f);
    }

    @Test
    void oneUsoWithoutTheOtherIsNotAskedForBehindTheCallersBack() {
        OffloadProbe probe = probe(OffloadProbeTest::linux62);

        probe.ask(Set.of(CSUM, USO4));

        assertThat(probe.granted()).containsExactly(CSUM);
        assertThat(probe.refused()).containsOnlyKeys(USO4);
        assertThat(set).isEqualTo(IfTun.TUN_F_CSUM);
    }

    @Test
    void whatDependsOnARefusedOneSaysSo() {
        OffloadProbe none = probe(flags -> flags == 0);
        none.ask(ALL);
        assertThat(none.granted()).isEmpty();
        assertThat(none.refused()).containsOnlyKeys(ALL).containsEntry(TSO4, "needs csum");
        assertThat(none.refused().get(CSUM)).contains("EINVAL");

        OffloadProbe noTso = probe(flags -> (flags & TSO) == 0 && linux62(flags));
        noTso.ask(ALL);
        assertThat(noTso.granted()).containsExactlyInAnyOrder(CSUM, USO4, USO6);
        assertThat(noTso.refused()).containsEntry(ECN, "needs tso4 or tso6");
    }

    private OffloadProbe probe(LongPredicate kernel) {
        set = 0;
        return new OffloadProbe(flags -> {
            if (!kernel.test(flags)) {
                return Errno.EINVAL;
            }
            set = flags;
            return 0;
        });
    }

    /** set_offload() in drivers/net/tun.c. */
    private static boolean linux62(long flags) {
        long left = flags;
        if ((left & IfTun.TUN_F_CSUM) != 0) {
            left &= ~IfTun.TUN_F_CSUM;
            if ((left & TSO) != 0) {
                left &= ~(TSO | IfTun.TUN_F_TSO_ECN);
            }
            if ((left & USO) == USO) {
                left &= ~USO;
            }
        }
        return left == 0;
    }
}
