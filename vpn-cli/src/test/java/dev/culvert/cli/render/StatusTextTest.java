package dev.culvert.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.cli.Golden;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusTextTest {
    private static final String PID = "process " + ProcessHandle.current().pid();

    @Test
    void aBusyTunnelOnPaper() throws IOException {
        String text = StatusText.of(StatusSamples.busy(), StatusSamples.NOW, Palette.PLAIN);

        Golden.assertSame("status-busy.txt", text.replace(PID, "process 4711"));
    }

    @Test
    void aQuietTunOnPaper() throws IOException {
        String text = StatusText.of(StatusSamples.quiet("wg-culvert"), StatusSamples.NOW, Palette.PLAIN);

        Golden.assertSame("status-quiet.txt", text.replace(PID, "process 4711"));
    }

    @Test
    void coloursAddNothingButColours() {
        String coloured = StatusText.of(StatusSamples.busy(), StatusSamples.NOW, Palette.COLOURED);

        assertThat(coloured).contains("\u001b[32mestablished\u001b[0m").contains("\u001b[31munreachable\u001b[0m");
        assertThat(coloured.replaceAll("\u001b\\[[0-9]*m", ""))
                .isEqualTo(StatusText.of(StatusSamples.busy(), StatusSamples.NOW, Palette.PLAIN));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0|0 seconds",
                "1|1 second",
                "59|59 seconds",
                "60|1 minute",
                "3661|1 hour, 1 minute",
                "90061|1 day, 1 hour"
            })
    void durationsShowTheirTwoLargestUnits(long seconds, String text) {
        assertThat(HumanText.duration(Duration.ofSeconds(seconds))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0, 0 B", "1023, 1023 B", "1024, 1.00 KiB", "1610612736, 1.50 GiB", "9223372036854775807, 8.00 EiB"})
    void sizesAreBinary(long bytes, String text) {
        assertThat(HumanText.bytes(bytes)).isEqualTo(text);
    }

    @Test
    void aClockThatWasSetBackShowsNoNegativeAge() {
        assertThat(HumanText.ago(StatusSamples.NOW.plusSeconds(5), StatusSamples.NOW))
                .isEqualTo("now");
    }
}
