package dev.culvert.udp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.testkit.ManualClock;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SegmentationRefusalsTest {
    private static final InetSocketAddress REMOTE = TestSocket.address("192.0.2.1", 51820);
    private static final InetSocketAddress OTHER = TestSocket.address("192.0.2.2", 51820);

    private final ManualClock clock = new ManualClock();
    private final SegmentationRefusals refusals = new SegmentationRefusals();

    @Test
    void coversTheSizeThatWasRefusedAndLargerOnes() {
        refusals.note(REMOTE, 1400, clock.nanoTime());

        assertThat(covers(REMOTE, 1399)).isFalse();
        assertThat(covers(REMOTE, 1400)).isTrue();
        assertThat(covers(REMOTE, 1401)).isTrue();
    }

    @Test
    void leavesOtherRemotesAlone() { // their path has its own MTU
        refusals.note(REMOTE, 1400, clock.nanoTime());

        assertThat(covers(OTHER, 1400)).isFalse();
    }

    @Test
    void remembersTheSmallestOfSeveral() {
        refusals.note(REMOTE, 1200, clock.nanoTime());
        refusals.note(REMOTE, 1400, clock.nanoTime());

        assertThat(covers(REMOTE, 1200)).isTrue();
    }

    @Test
    void triesAgainAfterAMinute() { // the route may be another by now
        refusals.note(REMOTE, 1400, clock.nanoTime());
        clock.advance(SegmentationRefusals.KEPT.minus(Duration.ofNanos(1)));
        assertThat(covers(REMOTE, 1400)).isTrue();

        clock.advance(Duration.ofNanos(1));
        assertThat(covers(REMOTE, 1400)).isFalse();
    }

    @Test
    void forgetsAnOldSmallerSizeWhenALargerOneIsRefused() {
        refusals.note(REMOTE, 600, clock.nanoTime());
        clock.advance(SegmentationRefusals.KEPT);
        refusals.note(REMOTE, 1400, clock.nanoTime());

        assertThat(covers(REMOTE, 600)).isFalse();
        assertThat(covers(REMOTE, 1400)).isTrue();
    }

    @Test
    void keepsABoundedNumberOfRemotes() {
        for (int port = 1; port <= SegmentationRefusals.MAX_REMOTES + 1; port++) {
            refusals.note(TestSocket.address("192.0.2.1", port), 1400, clock.nanoTime());
        }

        assertThat(covers(TestSocket.address("192.0.2.1", SegmentationRefusals.MAX_REMOTES + 1), 1400))
                .isTrue();
        assertThat(covers(TestSocket.address("192.0.2.1", 1), 1400)).isFalse();
    }

    private boolean covers(InetSocketAddress remote, int segmentBytes) {
        return refusals.covers(remote, segmentBytes, clock.nanoTime());
    }
}
