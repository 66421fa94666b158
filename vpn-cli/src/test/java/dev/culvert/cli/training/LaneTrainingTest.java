package dev.culvert.cli.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.cli.run.RunningTunnel;
import dev.culvert.metrics.CounterId;
import dev.culvert.tunnel.TunnelStatus;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class LaneTrainingTest {
    @Test
    void bulkAndSmallPacketsGoBothWaysAsBetweenDevices() throws IOException {
        try (LaneTraining training = LaneTraining.start()) {
            assertThat(training.carry(Duration.ofMillis(800))).isGreaterThan(200);
            assertThat(training.tunnels()).allSatisfy(LaneTrainingTest::hasCarriedAll);
        }
    }

    private static void hasCarriedAll(RunningTunnel tunnel) {
        TunnelStatus status = tunnel.status();
        assertThat(status.counter(CounterId.SUPER_FRAMES_READ)).isGreaterThan(20);
        assertThat(status.counter(CounterId.SUPER_FRAMES_WRITTEN)).isGreaterThan(20);
        assertThat(status.counter(CounterId.OUTBOUND_MALFORMED)).isZero();
        assertThat(status.counter(CounterId.INBOUND_MALFORMED)).isZero();
        assertThat(status.counter(CounterId.CHECKSUM_NOT_PARTIAL)).isZero();
        assertThat(status.imbalances()).isEmpty();
    }
}
