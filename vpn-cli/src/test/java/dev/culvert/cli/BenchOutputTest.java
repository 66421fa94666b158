package dev.culvert.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.bench.report.SampleReports;
import dev.culvert.bench.report.SavedReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchOutputTest {
    @TempDir
    Path folder;

    private Path saved;

    @BeforeEach
    void save() throws IOException {
        saved = folder.resolve("saved.json");
        SavedReport.write(saved, SampleReports.rich());
    }

    private CommandRun show(String... options) {
        String[] args = new String[options.length + 3];
        args[0] = "bench";
        args[1] = "show";
        args[2] = saved.toString();
        System.arraycopy(options, 0, args, 3, options.length);
        return CommandRun.of(folder.resolve("run"), "", args);
    }

    @Test
    void aSavedResultIsShownAgain() {
        CommandRun run = show();

        assertThat(run.exitCode()).isEqualTo(ExitCodes.OK);
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains("TCP, one stream").contains("steal 0.8");
    }

    @Test
    void jsonIsTheResultAlone() throws IOException {
        CommandRun run = show("--json");

        assertThat(run.out()).isEqualTo(Files.readString(saved));
        assertThat(run.err()).isEmpty();
    }

    @Test
    void savingAgainSavesTheSame() throws IOException {
        Path copy = folder.resolve("copy.json");

        CommandRun run = show("--json", "--save", copy.toString());

        assertThat(copy).hasSameTextualContentAs(saved);
        assertThat(run.out()).isEqualTo(Files.readString(saved));
    }

    @Test
    void whereNothingCanBeSavedNothingIsMeasured() {
        CommandRun run = show("--save", folder.resolve("none/run.json").toString());

        assertThat(run.exitCode()).isEqualTo(ExitCodes.FAILED);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .startsWith("culvert: ")
                .contains("there is no folder")
                .contains("nothing was measured");
    }

    @Test
    void progressIsALineAStepUnlessATerminalTakesItBack() {
        assertThat(progress(false, "round 1 of 2", "round 2 of 2"))
                .matches(" {2}0 % {3}0:00 {2}round 1 of 2\n 50 % {3}0:00 {2}round 2 of 2\n");
        assertThat(progress(true, "a".repeat(99), "b"))
                .matches(
                        " {2}0 % {3}0:00 {2}a{25}\n\u001b\\[1A\r\u001b\\[K 50 % {3}0:00 {2}b\n\u001b\\[1A\r\u001b\\[K");
    }

    private static String progress(boolean isLive, String first, String second) {
        StringWriter err = new StringWriter();
        BenchProgress progress = new BenchProgress(new PrintWriter(err), isLive, 40);
        progress.onStep(first, 0);
        progress.onStep(second, 0.5);
        progress.clear();
        return err.toString();
    }
}
