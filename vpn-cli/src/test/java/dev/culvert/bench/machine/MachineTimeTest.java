package dev.culvert.bench.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MachineTimeTest {
    @Test
    void countsGuestsOnceAndIdleNotAsBusy() throws IOException {
        MachineTime time = MachineTime.parse(List.of("cpu  100 10 50 800 40 5 15 30 90 9", "cpu0 1 2 3"));

        assertThat(time).isEqualTo(new MachineTime(180, 30, 1050));
    }

    @Test
    void stealIsAShareOfAllTimeBetweenTwoMoments() throws IOException {
        MachineTime earlier = MachineTime.parse(List.of("cpu 100 0 0 900 0 0 0 50 0 0"));
        MachineTime later = MachineTime.parse(List.of("cpu 150 0 0 925 0 0 0 75 0 0"));

        assertThat(later.since(earlier).stolenPercent()).isEqualTo(25.0);
        assertThat(later.since(earlier).busy()).isEqualTo(50);
        assertThat(later.since(later).stolenPercent()).isZero();
    }

    @Test
    void anotherFormIsAFault() {
        assertThatThrownBy(() -> MachineTime.parse(List.of("intr 1 2 3"))).isInstanceOf(IOException.class);
    }
}
