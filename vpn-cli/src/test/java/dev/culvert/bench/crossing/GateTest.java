package dev.culvert.bench.crossing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class GateTest {
    private final CountDownLatch running = new CountDownLatch(1);
    private final CountDownLatch mayEnd = new CountDownLatch(1);
    private final AtomicInteger ended = new AtomicInteger();

    @AfterEach
    void letTheBatchEnd() {
        mayEnd.countDown();
    }

    @Test
    void closingWaitsForTheBatchUnderWay() throws Exception {
        Gate gate = new Gate();
        carryOn(gate);
        AtomicBoolean failed = new AtomicBoolean();
        Thread closing = Thread.ofPlatform().start(() -> {
            try {
                gate.close();
            } catch (IOException _) {
                failed.set(true);
            }
        });
        while (closing.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        mayEnd.countDown();
        closing.join();
        assertThat(failed).isFalse();
        assertThat(ended).hasValue(1);
    }

    @Test
    void noBatchBeginsOnceItIsClosed() throws Exception {
        Gate gate = new Gate();
        Thread measuring = carryOn(gate);
        mayEnd.countDown();
        gate.close();
        int before = ended.get();
        while (measuring.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        assertThat(ended).hasValue(before);
    }

    @Test
    void closingGivesUpOnABatchThatHangs() throws Exception {
        Gate gate = new Gate(Duration.ofMillis(20));
        carryOn(gate);
        assertThatThrownBy(gate::close)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("did not end within 20 ms");
    }

    @Test
    void lettingAFailedBatchThroughDoesNotKeepItShut() throws Exception {
        Gate gate = new Gate();
        assertThatThrownBy(() -> gate.nanosPerFrame(() -> {
                    throw new IOException("planted");
                }))
                .hasMessage("planted");
        gate.close();
    }

    /** One batch after the other, on a thread that the JVM does not wait for. Returns when the first is under way. */
    private Thread carryOn(Gate gate) throws InterruptedException {
        Thread thread = Thread.ofPlatform().daemon().start(() -> {
            try {
                while (true) {
                    double _ = gate.nanosPerFrame(this::hang);
                }
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        running.await();
        return thread;
    }

    private int hang() {
        running.countDown();
        try {
            mayEnd.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return ended.incrementAndGet();
    }
}
