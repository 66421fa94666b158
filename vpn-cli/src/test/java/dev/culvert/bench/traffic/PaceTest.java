package dev.culvert.bench.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PaceTest {
    private static final long START = Long.MAX_VALUE - 1000; // nanoTime may stand anywhere, also right before its end
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    @ParameterizedTest
    @ValueSource(ints = {1, 999, 10_000, 60_000, 150_000})
    void offersTheRateToASenderThatIsInTime(int packetsPerSecond) {
        Pace pace = new Pace(packetsPerSecond, START);
        long sent = 0;
        long now = START;
        while (now - START < 2 * SECOND) {
            sent += pace.due(now);
            now += Math.max(1, pace.waitNanos(now));
        }
        assertThat(sent).isCloseTo(2L * packetsPerSecond, within(Math.max(1, packetsPerSecond / 1000L)));
    }

    @Test
    void sendsFewPacketsAtATime() {
        Pace pace = new Pace(60_000, START);
        long now = START + pace.waitNanos(START);
        assertThat(pace.due(now)).isBetween(10, 20);
        assertThat(pace.due(now)).isZero();
    }

    @Test
    void makesUpForAShortDelayAndForgetsALongOne() {
        Pace pace = new Pace(100_000, START);
        assertThat(pace.due(START + TimeUnit.MILLISECONDS.toNanos(1))).isEqualTo(100);
        assertThat(pace.due(START + TimeUnit.MILLISECONDS.toNanos(501))).isBetween(200, 230);
    }

    @Test
    void aFloodIsAlwaysDue() {
        Pace pace = new Pace(0, START);
        assertThat(pace.due(START)).isPositive();
        assertThat(pace.due(START)).isPositive();
        assertThat(pace.waitNanos(START)).isZero();
    }
}
