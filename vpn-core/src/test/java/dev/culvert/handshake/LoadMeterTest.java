package dev.culvert.handshake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.testkit.ManualClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LoadMeterTest {
    private final ManualClock clock = new ManualClock();
    private final LoadMeter load = new LoadMeter();

    @Test
    void isUnderLoadFromTheThresholdOn() {
        assertThat(load.isUnderLoad(LoadMeter.THRESHOLD - 1, clock.nanoTime())).isFalse();
        assertThat(load.isUnderLoad(LoadMeter.THRESHOLD, clock.nanoTime())).isTrue();
    }

    @Test
    void staysUnderLoadAWhile() {
        assertThat(load.isUnderLoad(LoadMeter.THRESHOLD, clock.nanoTime())).isTrue();

        clock.advance(Duration.ofNanos(LoadMeter.HOLD_NANOS - 1));
        assertThat(load.isUnderLoad(0, clock.nanoTime())).isTrue();

        clock.advance(Duration.ofNanos(1));
        assertThat(load.isUnderLoad(0, clock.nanoTime())).isFalse();
    }
}
