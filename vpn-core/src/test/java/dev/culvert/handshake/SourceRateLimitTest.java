package dev.culvert.handshake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.testkit.ManualClock;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SourceRateLimitTest {
    private static final InetAddress ADDRESS = InetAddress.ofLiteral("192.0.2.1");

    private final ManualClock clock = new ManualClock();
    private final SourceRateLimit limit = new SourceRateLimit();

    @Test
    void admitsABurstAndThenOneEveryFiftyMilliseconds() {
        exhaust(ADDRESS);

        clock.advance(Duration.ofMillis(50).minusNanos(1));
        assertThat(admits(ADDRESS)).isFalse();

        clock.advance(Duration.ofNanos(1));
        assertThat(admits(ADDRESS)).isTrue();
        assertThat(admits(ADDRESS)).isFalse();
    }

    @Test
    void savesNoMoreThanABurst() {
        exhaust(ADDRESS);

        clock.advance(Duration.ofHours(1));

        exhaust(ADDRESS);
    }

    @Test
    void countsEachIpv4AddressForItself() {
        exhaust(ADDRESS);

        assertThat(admits(InetAddress.ofLiteral("192.0.2.2"))).isTrue();
    }

    @Test
    void countsAnIpv6NetworkOf64BitsAsOneSource() {
        exhaust(InetAddress.ofLiteral("2001:db8:0:1::1"));

        assertThat(admits(InetAddress.ofLiteral("2001:db8:0:1:ffff::2"))).isFalse();
        assertThat(admits(InetAddress.ofLiteral("2001:db8:0:2::1"))).isTrue();
    }

    @Test
    void tellsIpv4FromIpv6() {
        exhaust(InetAddress.ofLiteral("0.0.0.1"));

        assertThat(admits(InetAddress.ofLiteral("0:0:0:1::1"))).isTrue();
    }

    @Test
    void forgetsSourcesThatHaveAllTheirTokensBack() {
        exhaust(ADDRESS);
        clock.advance(Duration.ofSeconds(2));

        assertThat(admits(InetAddress.ofLiteral("192.0.2.2"))).isTrue();

        assertThat(limit.sources()).isEqualTo(1);
    }

    @Test
    void refusesNewSourcesWhileTheTableIsFull() {
        for (int i = 0; i < SourceRateLimit.MAX_SOURCES; i++) {
            assertThat(admits(numbered(i))).isTrue();
        }

        assertThat(admits(numbered(SourceRateLimit.MAX_SOURCES)))
                .as("new source")
                .isFalse();
        assertThat(admits(numbered(0))).as("known source").isTrue();
        assertThat(limit.sources()).isEqualTo(SourceRateLimit.MAX_SOURCES);

        clock.advance(Duration.ofSeconds(1));
        assertThat(admits(numbered(SourceRateLimit.MAX_SOURCES)))
                .as("after a sweep")
                .isTrue();
    }

    private void exhaust(InetAddress address) {
        for (int i = 0; i < SourceRateLimit.BURST; i++) {
            assertThat(admits(address)).as("message %d", i).isTrue();
        }
        assertThat(admits(address)).isFalse();
    }

    private boolean admits(InetAddress address) {
        return limit.admits(address, clock.nanoTime());
    }

    private static InetAddress numbered(int number) {
        try {
            return InetAddress.getByAddress(
                    ByteBuffer.allocate(4).putInt(0x0a00_0000 + number).array());
        } catch (UnknownHostException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
