package dev.culvert.cli.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.cli.run.RunningTunnel;
import dev.culvert.metrics.CounterId;
import dev.culvert.tunnel.TunnelStatus;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class LaneTrainingTest {
    private static final long ENOUGH = 20;
    /** What datagrams alone are never joined to. */
    private static final int SUPER_FRAME_BYTES = 30_000;

    @Test
    void bulkAndSmallPacketsGoBothWaysAsBetweenDevices() throws IOException {
        long deadlineNanos = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        try (LaneTraining training = LaneTraining.start()) {
            do {
                assertThat(training.carry(Duration.ofMillis(100))).isPositive();
            } while (!training.tunnels().stream().allMatch(LaneTrainingTest::hasEnough)
                    && System.nanoTime() - deadlineNanos < 0);
            assertThat(training.longest()).as("TCP is joined").isGreaterThan(SUPER_FRAME_BYTES);
            assertThat(training.tunnels())
                    .allMatch(LaneTrainingTest::hasEnough)
                    .allSatisfy(LaneTrainingTest::hasNoFault);
        }
    }

    private static boolean hasEnough(RunningTunnel tunnel) {
        TunnelStatus status = tunnel.status();
        return status.counter(CounterId.SUPER_FRAMES_READ) > ENOUGH
                && status.counter(CounterId.SUPER_FRAMES_WRITTEN) > ENOUGH;
    }

    private static void hasNoFault(RunningTunnel tunnel) {
        TunnelStatus status = tunnel.status();
        assertThat(status.counter(CounterId.OUTBOUND_MALFORMED)).isZero();
        assertThat(status.counter(CounterId.INBOUND_MALFORMED)).isZero();
        assertThat(status.counter(CounterId.CHECKSUM_NOT_PARTIAL)).isZero();
        assertThat(status.imbalances()).isEmpty();
    }
}
