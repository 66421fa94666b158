package dev.culvert.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WakeupRhythmTest {
    private static final int MOST = 64;

    private final WakeupRhythm rhythm = new WakeupRhythm();

    @Test
    void readsUntilThereIsNothingWhereFramesComeTogether() {
        for (int i = 0; i < 20; i++) {
            assertThat(rhythm.framesToRead(MOST)).isEqualTo(MOST);
            rhythm.onEmpty(5);
        }
    }

    @Test
    void readsOneByOneWhereTheyComeSo() {
        assertThat(readsUntilNextLook()).isZero();
        rhythm.onEmpty(1);
        assertThat(readsUntilNextLook()).isEqualTo(7);
        rhythm.onEmpty(2);
        assertThat(readsUntilNextLook()).isZero();
    }

    @Test
    void aWakeupThatFindsNothingChangesNothing() {
        rhythm.onEmpty(0);
        assertThat(rhythm.framesToRead(MOST)).isEqualTo(MOST);
    }

    private int readsUntilNextLook() {
        int singles = 0;
        while (rhythm.framesToRead(MOST) == 1) {
            singles++;
        }
        return singles;
    }
}
