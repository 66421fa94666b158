package dev.culvert.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The window of one lane, and that of several. */
class ReplayWindowTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void takesEachCounterOnceAndAsLateAsTheWindowIsWide(int lanes) {
        ReplayWindow window = ReplayWindow.forLanes(lanes);
        long newest = 1_000_000;
        assertThat(window.tryMark(newest)).isTrue();
        assertThat(window.tryMark(newest)).isFalse();
        assertThat(window.tryMark(newest - ReplayWindow.WINDOW)).isTrue();
        assertThat(window.tryMark(newest - ReplayWindow.WINDOW)).isFalse();
        assertThat(window.tryMark(newest - ReplayWindow.WINDOW - 1)).isFalse();
        assertThat(window.arrivals()).isEqualTo(new Session.Arrivals(newest + 1, 2));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void forgetsWhatTheRingHeldBefore(int lanes) {
        ReplayWindow window = ReplayWindow.forLanes(lanes);
        long round = ReplayWindow.WINDOW + Long.SIZE;
        for (long counter = 0; counter < 3 * round; counter++) {
            assertThat(window.wouldAccept(counter)).isTrue();
            assertThat(window.tryMark(counter)).isTrue();
            assertThat(window.wouldAccept(counter)).isFalse();
        }
    }

    /** Two lanes are given the same counters, each in an order of its own: whatever they race for, one of them has it. */
    @ParameterizedTest
    @ValueSource(ints = {2, 4})
    void lanesNeverTakeTheSameCounterTwiceAndLoseNone(int lanes) throws Exception {
        ReplayWindow window = ReplayWindow.forLanes(lanes);
        int counters = 2_000_000;
        try (ExecutorService threads = Executors.newFixedThreadPool(lanes)) {
            List<Callable<Long>> takers = new ArrayList<>();
            for (int lane = 0; lane < lanes; lane++) {
                int shift = lane; // neighbours are swapped, by other distances on each lane
                takers.add(() -> {
                    long taken = 0;
                    for (int i = 0; i < counters; i++) {
                        long counter = i ^ shift;
                        taken += window.wouldAccept(counter) && window.tryMark(counter) ? 1 : 0;
                    }
                    return taken;
                });
            }
            long taken = 0;
            for (Future<Long> each : threads.invokeAll(takers)) {
                taken += each.get();
            }
            assertThat(taken).isEqualTo(window.arrivals().accepted()).isLessThanOrEqualTo(counters);
            // A lane may be held up for longer than the window is wide, but not all of the time.
            assertThat(taken).isGreaterThan(counters / 2);
        }
    }
}
