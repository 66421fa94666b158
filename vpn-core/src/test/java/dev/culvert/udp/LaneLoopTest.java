package dev.culvert.udp;

import static dev.culvert.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract of {@link LaneLoop}, kept by both backends; a pipe stands for the TAP. */
@ParameterizedClass(name = "{0}")
@MethodSource("backends")
class LaneLoopTest {
    private final LaneLoop loop;
    private final FileDescriptor readEnd;
    private final FileDescriptor writeEnd;
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger bytesRead = new AtomicInteger();

    static Stream<IoBackend> backends() {
        return Stream.of(IoBackend.epoll(), IoBackend.nio());
    }

    LaneLoopTest(IoBackend backend) throws IOException {
        loop = backend.newLoop("watching");
        FileDescriptor[] pipe = FileDescriptor.pipe();
        readEnd = pipe[0];
        writeEnd = pipe[1];
    }

    @AfterEach
    void close() throws IOException {
        loop.close();
        readEnd.close();
        writeEnd.close();
    }

    @Test
    void runsEverythingOnOneThreadOfTheGivenName() {
        Thread first =
                CompletableFuture.supplyAsync(Thread::currentThread, loop).join();
        AtomicReference<Thread> periodic = new AtomicReference<>();
        AtomicReference<Thread> watching = new AtomicReference<>();
        loop.every(Duration.ofMillis(1), () -> periodic.set(Thread.currentThread()));
        write(1);

        try (LaneLoop.Watch _ = loop.watch(readEnd.intValue(), () -> {
            watching.set(Thread.currentThread());
            readOne();
        })) {
            eventually("both ran", () -> periodic.get() != null && watching.get() != null);
        }
        assertThat(first.getName()).isEqualTo("watching");
        assertThat(periodic.get()).isSameAs(first);
        assertThat(watching.get()).isSameAs(first);
    }

    @Test
    void repeatsATaskEvenIfItThrows() {
        AtomicInteger runs = new AtomicInteger();
        loop.every(Duration.ofMillis(1), () -> {
            runs.incrementAndGet();
            throw new IllegalStateException("expected: a defect in a periodic task (printed by the test)");
        });

        eventually("a second run", () -> runs.get() > 1);
    }

    @Test
    void callsAgainUntilTheDescriptorIsDrained() {
        try (LaneLoop.Watch _ = watch()) {
            write(5);
            eventually("all bytes, one a call", () -> bytesRead.get() == 5);
            write(3);
            eventually("the bytes that came later", () -> bytesRead.get() == 8);
        }
    }

    @Test
    void survivesAnExceptionOfTheReader() {
        AtomicInteger thrown = new AtomicInteger();
        try (LaneLoop.Watch _ = loop.watch(readEnd.intValue(), () -> {
            readOne();
            if (thrown.getAndIncrement() == 0) {
                throw new IllegalStateException("expected: a defect in a reader (printed by the test)");
            }
        })) {
            write(2);
            eventually("the byte after the exception", () -> bytesRead.get() == 2);
        }
    }

    @Test
    void doesNotCallWhilePaused() {
        try (LaneLoop.Watch watch = watch()) {
            write(1);
            eventually("the first byte", () -> bytesRead.get() == 1);
            onLoop(watch::pause);
            int before = calls.get();
            write(3);
            afterSomeRounds();
            assertThat(calls).hasValue(before);

            onLoop(watch::resume);
            eventually("what waited", () -> bytesRead.get() == 4);
        }
    }

    @Test
    void mayBePausedByTheReaderItself() {
        AtomicReference<LaneLoop.Watch> self = new AtomicReference<>();
        write(2);
        CompletableFuture.runAsync(
                        () -> self.set(loop.watch(readEnd.intValue(), () -> {
                            calls.incrementAndGet();
                            self.get().pause();
                        })),
                        loop)
                .join();
        eventually("the call", () -> calls.get() == 1);
        afterSomeRounds();
        assertThat(calls).hasValue(1);
        self.get().resume();
        eventually("another call", () -> calls.get() == 2);
        self.get().close();
    }

    @Test
    void doesNotCallOnceClosed() {
        LaneLoop.Watch watch = watch();
        write(1);
        eventually("the first byte", () -> bytesRead.get() == 1);
        watch.close();
        int before = calls.get();
        write(3);
        afterSomeRounds();
        watch.resume();
        afterSomeRounds();
        watch.close();

        assertThat(calls).hasValue(before);
    }

    @Test
    void leavesTheDescriptorOpenAndWatchableAgain() {
        watch().close();
        write(1);
        try (LaneLoop.Watch _ = watch()) {
            eventually("the byte", () -> bytesRead.get() == 1);
        }
    }

    @Test
    void mayBeClosedWithTheLoopGone() {
        LaneLoop.Watch watch = watch();
        loop.close();
        watch.pause();
        watch.resume();
        watch.close();

        assertThat(calls).hasValue(0);
    }

    private LaneLoop.Watch watch() {
        return loop.watch(readEnd.intValue(), () -> {
            calls.incrementAndGet();
            readOne();
        });
    }

    /** Long enough for a wrong callback: the loop and the polling thread have each had several turns. */
    private void afterSomeRounds() {
        AtomicInteger rounds = new AtomicInteger();
        long start = System.nanoTime();
        eventually("some rounds of the loop", () -> {
            onLoop(rounds::incrementAndGet);
            return rounds.get() > 50 && System.nanoTime() - start > 50_000_000;
        });
    }

    private void onLoop(Runnable task) {
        CompletableFuture.runAsync(task, loop).join();
    }

    private void readOne() {
        try {
            ByteBuffer one = ByteBuffer.allocateDirect(1);
            bytesRead.addAndGet(readEnd.read(one, 0, 1));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void write(int count) {
        try {
            ByteBuffer bytes = ByteBuffer.allocateDirect(count);
            assertThat(writeEnd.write(bytes, 0, count)).isEqualTo(count);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
