package dev.culvert.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BenchLoopbackCommandTest {
    @TempDir
    private Path runDirectory;

    @ParameterizedTest
    @CsvSource({
        "--rounds,   0,       '--rounds: expected 1 to 100, found 0'",
        "--rounds,   101,     '--rounds: expected 1 to 100, found 101'",
        "--seconds,  0.05,    '--seconds: expected 0.1 to 60, found 0.05'",
        "--seconds,  NaN,     '--seconds: expected 0.1 to 60, found NaN'",
        "--mtu,      500,     '--mtu: expected 576 to 65439, found 500'",
        "--udp-rate, 0,       '--udp-rate: expected 1 to 1000000, found 0'",
    })
    void refusesWhatCannotBeMeasured(String option, String value, String message) {
        CommandRun run = CommandRun.of(runDirectory, "", "bench", "loopback", option, value);

        assertThat(run.exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(run.err()).startsWith("culvert: " + message + "\n").contains("Try: culvert bench loopback --help");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void refusesPartsOfASecondThatIperf3WouldRound() {
        CommandRun run = CommandRun.of(runDirectory, "", "bench", "loopback", "--iperf3", "--seconds", "1.5");
        assertThat(run.exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(run.err()).startsWith("culvert: --seconds: iperf3 measures whole seconds, found 1.5\n");
    }

    @Test
    void helpSaysWhatIsLeftOut() {
        CommandRun run = CommandRun.of(runDirectory, "", "bench", "loopback", "--help");
        assertThat(run.exitCode()).isEqualTo(ExitCodes.OK);
        assertThat(run.out())
                .contains("5 when left out; 3 with --quick")
                .contains("--mtu=BYTES")
                .contains("1404");
    }
}
