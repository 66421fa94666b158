package dev.culvert.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.testkit.RequiresRoot;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@RequiresRoot
final class PlainTapLoopbackTest {
    @Test
    void carriesFramesBothWaysUntilClosed() throws LabException {
        try (Lab lab = Lab.open()) {
            LabHost left = lab.host("left");
            LabHost right = lab.host("right");
            PlainTapLoopback loopback =
                    PlainTapLoopback.open(lab, left, "10.7.0.1/24 fd07::1/64", right, "10.7.0.2/24 fd07::2/64", 1422);
            for (String address : new String[] {"10.7.0.2", "fd07::2"}) {
                assertThat(Traffic.transfer(left, right, address, 5_000_000, 7, Duration.ofSeconds(20))
                                .isIntact())
                        .isTrue();
            }
            assertThat(loopback.frames()).isGreaterThan(2 * 5_000_000 / 1422);
            assertThat(loopback.refusedFrames()).isZero();
            loopback.close();
            assertThat(left.run("ip", "link", "show", "loop0").succeeded()).isFalse();
        }
    }
}
