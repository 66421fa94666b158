package dev.culvert.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.device.TapOffload;
import dev.culvert.testkit.RequiresRoot;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@RequiresRoot
final class PlainTapLoopbackTest {
    private static final int MTU = 1422;
    private static final int BYTES = 5_000_000;
    private static final String LEFT = "10.7.0.1/24 fd07::1/64";
    private static final String RIGHT = "10.7.0.2/24 fd07::2/64";

    @Test
    void carriesFramesBothWaysUntilClosed() throws LabException {
        try (Lab lab = Lab.open()) {
            LabHost left = lab.host("left");
            LabHost right = lab.host("right");
            PlainTapLoopback loopback = PlainTapLoopback.open(lab, left, LEFT, right, RIGHT, MTU);
            transferIntact(left, right);
            LoopbackCounts counts = loopback.counts();
            assertThat(counts.frames()).isGreaterThan(2 * BYTES / MTU);
            assertThat(counts.refused()).isZero();
            assertThat(counts.writes()).isEqualTo(counts.frames());
            assertThat(counts.reads()).isGreaterThan(counts.frames());
            loopback.close();
            loopback.close();
            assertThat(left.run("ip", "link", "show", "loop0").succeeded()).isFalse();
        }
    }

    @Test
    void carriesSuperFramesAsTheyAre() throws LabException {
        try (Lab lab = Lab.open()) {
            LabHost left = lab.host("left");
            LabHost right = lab.host("right");
            PlainTapLoopback loopback = PlainTapLoopback.open(lab, left, LEFT, right, RIGHT, MTU, true);
            assertThat(loopback.offloads().granted()).contains(TapOffload.TSO4, TapOffload.TSO6);
            transferIntact(left, right);
            LoopbackCounts counts = loopback.counts();
            assertThat(counts.refused()).isZero();
            // Frame by frame it would be more than one frame for every MTU bytes, not counting acknowledgements.
            assertThat(counts.frames()).isLessThan(2 * BYTES / MTU / 2);
        }
    }

    @Test
    void aProcessOfItsOwnCountsItsSystemCallsAndLeavesNothingBehind() throws Exception {
        try (Lab lab = Lab.open()) {
            LabHost left = lab.host("left");
            LabHost right = lab.host("right");
            TapLoopbackProcess loopback = TapLoopbackProcess.start(left, LEFT, right, RIGHT, MTU, false);
            LoopbackCounts before = loopback.counts();
            transferIntact(left, right);
            LoopbackCounts after = loopback.counts();
            assertThat(after.frames() - before.frames()).isGreaterThan(2 * BYTES / MTU);
            assertThat(after.calls()).isEqualTo(after.reads() + after.writes() + after.waits());
            ProcessHandle handle = loopback.handle();
            assertThat(handle.info().command().orElseThrow()).endsWith("/java");
            loopback.close();
            assertThat(handle.isAlive()).isFalse();
            assertThat(right.run("ip", "link", "show", "loop0").succeeded()).isFalse();
        }
    }

    private static void transferIntact(LabHost from, LabHost to) throws LabException {
        for (String address : new String[] {"10.7.0.2", "fd07::2"}) {
            assertThat(Traffic.transfer(from, to, address, BYTES, 7, Duration.ofSeconds(20))
                            .isIntact())
                    .isTrue();
        }
    }
}
