package dev.culvert.bench.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.culvert.testkit.RequiresRoot;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

@RequiresRoot
final class SystemCallCountTest {
    /** Each of them one read of one byte and one write of it; the last may still be about to read the next. */
    private static final int BYTES = 20_000;

    @Test
    void countsWhatIsCalledWhileItIsEnabled() throws Exception {
        Process copy = new ProcessBuilder("dd", "bs=1").start();
        try (SystemCallCount count = SystemCallCount.of(List.of(copy.toHandle()))) {
            echo(copy, BYTES); // before: not counted
            count.enable();
            echo(copy, BYTES);
            count.disable();
            echo(copy, BYTES); // after: not counted
            assertThat(count.result().orElseThrow()).isBetween(2L * BYTES - 1, 2L * BYTES + 100);
        } finally {
            copy.destroyForcibly();
        }
    }

    private static void echo(Process copy, int bytes) throws IOException {
        for (int done = 0; done < bytes; done += 1000) { // less than a pipe holds
            copy.getOutputStream().write(new byte[1000]);
            copy.getOutputStream().flush();
            assertThat(copy.getInputStream().readNBytes(1000)).hasSize(1000);
        }
    }

    @Test
    void whatPerfDidNotCountIsNoZero() throws Exception {
        Process copy = new ProcessBuilder("dd", "bs=1").start();
        echo(copy, 1000); // it waits for more
        try (SystemCallCount count = SystemCallCount.of(List.of(copy.toHandle()))) {
            count.enable();
            count.disable();
            assertThat(count.result()).isEmpty();
        } finally {
            copy.destroyForcibly();
        }
    }

    @Test
    void perfEndsWithTheCount() throws Exception {
        Process copy = new ProcessBuilder("dd", "bs=1").start();
        List<ProcessHandle> started;
        try (SystemCallCount count = SystemCallCount.of(List.of(copy.toHandle()))) {
            count.enable();
            started = ProcessHandle.current()
                    .descendants()
                    .filter(each -> each.pid() != copy.pid())
                    .toList();
            assertThat(started).as("perf, and what it waits for").hasSizeGreaterThanOrEqualTo(2);
        } finally {
            copy.destroyForcibly();
        }
        assertThat(started).noneMatch(ProcessHandle::isAlive);
    }

    @Test
    void findsOutAtOnceWhetherPerfMayCountHere() {
        assertThatCode(SystemCallCount::check).doesNotThrowAnyException();
    }

    @Test
    void aProcessThatIsGoneIsAFaultWithPerfsWords() throws Exception {
        Process gone = new ProcessBuilder("true").start();
        gone.waitFor();
        try (SystemCallCount count = SystemCallCount.of(List.of(gone.toHandle()))) {
            assertThatThrownBy(() -> {
                        count.enable();
                        count.disable();
                        var _ = count.result();
                    })
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("perf stat: ");
        }
    }
}
