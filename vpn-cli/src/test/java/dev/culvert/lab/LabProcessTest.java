package dev.culvert.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LabProcessTest {
    private static final Duration SOON = Duration.ofSeconds(5);

    @Test
    void findsTheLinesAwaitedInTheirOrder() throws LabException {
        try (LabProcess process = sh("echo one; echo two >&2; echo one more")) {
            assertThat(process.awaitLine("one", SOON)).isEqualTo("one");
            assertThat(process.awaitLine("one", SOON)).isEqualTo("one more");
            assertThat(process.awaitExit(SOON)).isZero();
            assertThat(process.log()).containsExactly("one", "two", "one more");
        }
    }

    @Test
    void saysWhatAProgramPrintedBeforeItEndedTooEarly() throws LabException {
        try (LabProcess process = sh("echo no such key; exit 3")) {
            assertThatThrownBy(() -> process.awaitLine("ready", SOON))
                    .hasMessage("sh ended before it printed \"ready\"; it printed last: no such key");
        }
    }

    @Test
    void givesUpWaitingForALine() throws LabException {
        try (LabProcess process = sh("exec sleep 100")) {
            assertThatThrownBy(() -> process.awaitLine("ready", Duration.ofMillis(50)))
                    .hasMessage("sh did not print \"ready\" within 50 ms; it printed nothing");
        }
    }

    @Test
    void letsAProgramEndByItselfWhenAsked() throws LabException {
        LabProcess process = sh("trap 'echo bye; exit 7' TERM; echo up; while :; do sleep 0.01; done");
        process.awaitLine("up", SOON);
        assertThat(process.stop()).isEqualTo(7);
        assertThat(process.log()).endsWith("bye");
    }

    @Test
    void killsWithoutAsking() throws LabException {
        LabProcess process = sh("trap 'echo bye' TERM; echo up; while :; do sleep 0.01; done");
        process.awaitLine("up", SOON);
        process.kill();
        assertThat(process.isAlive()).isFalse();
        assertThat(process.log()).doesNotContain("bye");
    }

    @Test
    void killsACommandThatTakesTooLong() {
        assertThatThrownBy(() -> CommandResult.of(Duration.ofMillis(100), List.of("sleep", "100")))
                .hasMessage("sleep 100: not done after 100 ms");
    }

    @Test
    void reportsWhatAFailingCommandPrinted() {
        assertThatThrownBy(() -> CommandResult.of(SOON, List.of("sh", "-c", "echo why; exit 4"))
                        .orThrow())
                .hasMessage("sh -c echo why; exit 4: exit code 4: why");
    }

    private static LabProcess sh(String script) throws LabException {
        return LabProcess.start("sh", List.of("sh", "-c", script));
    }
}
