package dev.culvert.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.culvert.bench.report.SampleReports;
import dev.culvert.bench.report.SavedReport;
import dev.culvert.bench.result.Section;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

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
    void plotsAreWrittenAsFilesThatStandAlone() throws IOException {
        CommandRun run = show("--plots", folder.toString());

        assertThat(run.exitCode()).isEqualTo(ExitCodes.OK);
        for (Section section : SampleReports.rich().sections()) {
            assertThat(folder.resolve(section.id() + ".svg"))
                    .content()
                    .startsWith("<svg xmlns=\"http://www.w3.org/2000/svg\"")
                    .contains("<style>");
        }
    }

    @Test
    void aSectionDoesNotChooseAnotherFolder() throws IOException {
        Files.writeString(saved, Files.readString(saved).replaceFirst("\"id\" : \"", "\"id\" : \"../"));

        CommandRun run = show("--plots", folder.toString());

        assertThat(run.exitCode()).isEqualTo(ExitCodes.FAILED);
        assertThat(run.err()).contains("no section has the id '../tcp-1'");
    }

    @Test
    void noOutputTakesThePlaceOfAResult() throws IOException {
        Path other = Files.copy(saved, folder.resolve("other.json"));
        Path sameByAnotherName = Files.createSymbolicLink(folder.resolve("link"), saved);
        String before = Files.readString(saved);

        assertThat(show("--html", saved.toString()).exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(show("--html", sameByAnotherName.toString()).exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(show("--against=" + other, "--html=" + other).err()).contains("--html and --against: the same file");
        assertThat(show("--save=new", "--html=./new").err()).contains("--html and --save: the same file");

        assertThat(saved).hasContent(before);
        assertThat(other).hasContent(before);
    }

    @Test
    void whatCannotBeSavedIsPrintedAllTheSame() throws IOException {
        Path page = Files.createDirectory(folder.resolve("page.html"));
        Files.createFile(page.resolve("inside"));
        StringWriter out = new StringWriter();
        CommandLine command = new CommandLine(new BenchShowCommand());
        command.setOut(new PrintWriter(out)).parseArgs(saved.toString(), "--html", page.toString());
        BenchOutput output = (BenchOutput)
                command.getCommandSpec().mixins().values().iterator().next().userObject();

        assertThatThrownBy(() -> output.deliver(SampleReports.rich()))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(page + ": could not be written: ");
        assertThat(out.toString()).contains("TCP, one stream").contains("steal 0.80 %");
    }

    @Test
    void aResultOfAnotherBenchmarkIsRefusedBeforeAnythingIsWritten() throws IOException {
        Path other = folder.resolve("other.json");
        Path copy = folder.resolve("copy.json");
        Files.writeString(
                other, Files.readString(saved).replace("\"benchmark\" : \"loopback\"", "\"benchmark\" : \"crypto\""));

        CommandRun run = show("--against=" + other, "--save=" + copy);

        assertThat(run.exitCode()).isEqualTo(ExitCodes.FAILED);
        assertThat(run.err()).contains("a result of bench crypto, not of bench loopback");
        assertThat(run.out()).isEmpty();
        assertThat(copy).doesNotExist();
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
    void severalOutputsGoTogether() throws IOException {
        Path page = folder.resolve("page.html");
        Path copy = folder.resolve("copy.json");

        CommandRun run = show("--json", "--html=" + page, "--save=" + copy, "--against=" + saved);

        assertThat(run.exitCode()).isEqualTo(ExitCodes.OK);
        assertThat(run.out()).isEqualTo(Files.readString(saved));
        assertThat(run.err()).contains("nothing got worse by more than 10 %");
        assertThat(page).content().contains("<svg").doesNotContain("<script");
        assertThat(copy).exists();
    }

    @Test
    void whatGotWorseIsNamedAndIsTheExitCode() throws IOException {
        Path faster = folder.resolve("faster.json");
        SavedReport.write(saved, SampleReports.slower("read from a TAP", 1.4));
        SavedReport.write(faster, SampleReports.rich());

        CommandRun run = show("--against", faster.toString());

        assertThat(run.exitCode()).isEqualTo(ExitCodes.FAILED);
        assertThat(run.out()).contains("read from a TAP").contains("worse than 2026-11-22T21:30:05Z");
    }

    @Test
    void aThresholdOfNothingIsRefused() {
        assertThat(show("--threshold=0").exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(show("--against=" + folder.resolve("none.json")).err()).contains("no such file");
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
