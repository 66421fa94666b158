package dev.culvert.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.culvert.bench.result.Report;
import dev.culvert.cli.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SavedReportTest {
    @TempDir
    Path folder;

    @Test
    void whatIsReadBackEqualsWhatWasSaved() throws IOException {
        Path file = folder.resolve("run.json");
        SavedReport.write(file, SampleReports.rich());

        assertThat(SavedReport.read(file)).isEqualTo(SampleReports.rich());
        try (var left = Files.list(folder)) {
            assertThat(left).containsExactly(file);
        }
    }

    @Test
    void theFormOfASavedResultIsStable() throws IOException {
        Golden.assertSame("bench-rich.json", SavedReport.json(SampleReports.rich()) + "\n");
    }

    @Test
    void jsonMovesNoTerminalAndSaysTheSame() throws IOException {
        Report hostile = HostileReports.names();
        Path file = folder.resolve("run.json");
        SavedReport.write(file, hostile);

        assertThat(SavedReport.json(hostile).codePoints().filter(each -> each != '\n'))
                .allMatch(PlainText::isShown);
        assertThat(SavedReport.read(file)).isEqualTo(hostile);
    }

    @Test
    void whatANewerCulvertSaysBesideIsPassedOver() throws IOException {
        Path file = saved("\"benchmark\"", "\"mood\" : \"good\", \"benchmark\"");

        assertThat(SavedReport.read(file)).isEqualTo(SampleReports.rich());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|not a result of culvert bench",
                "[]|not a result of culvert bench",
                "null|not a result of culvert bench",
                "''|not a result of culvert bench",
                "[interface]|not JSON, in line 1",
                "{\"format\":2,\"benchmark\":\"crypto\"}|saved in format 2, this culvert reads format 1",
                "{\"format\":1,\"benchmark\":\"crypto\"}|a damaged result of culvert bench",
                "{\"format\":1|ends in the middle",
                "{\"format\":1} {}|not JSON, in line 1",
            })
    void whatIsNoResultIsRefusedByNameAndReason(String content, String told) throws IOException {
        Path file = Files.writeString(folder.resolve("run.json"), content);

        assertThatThrownBy(() -> SavedReport.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(file.toString())
                .hasMessageContaining(told);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"sections\" : [ |\"sections\" : [ null, ",
                "\"kind\" : \"bars\"|\"kind\" : \"pies\"",
                "\"rounds\" : [ |\"rounds\" : [ null, ",
                "\"rounds\" : [ 0.4, 1.2, 0.8, 5.3, 0.6 ]|\"rounds\" : [ ]",
                "\"seconds\" : 83.4|\"seconds\" : null",
                "\"environment\" : {|\"environment\" : null, \"x\" : {",
                "\"benchmark\" : \"loopback\"|\"benchmark\" : \"loop back\"",
                "\"id\" : \"tcp-1\"|\"id\" : \"../tcp-1\"",
                "\"id\" : \"tcp-1\"|\"id\" : \"tcp-1-cpu\"",
                "\"name\" : \"plain TAP in C\"|\"name\" : \"plain TAP\"",
            })
    void aHoleInAResultIsFoundWhenItIsRead(String whole, String broken) throws IOException {
        Path file = saved(whole, broken);

        assertThatThrownBy(() -> SavedReport.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(file.toString())
                .hasMessageContaining("damaged")
                .hasMessageEndingWith("; measure again");
    }

    /** Before 1970 and after 9999 there is nothing to be measured, and in the year a billion no calendar. */
    @ParameterizedTest
    @ValueSource(strings = {"+1000000000-12-31T23:59:59Z", "-0044-03-15T12:00:00Z"})
    void aRunBeganInOurDays(String began) throws IOException {
        Path file = saved("\"2026-11-22T21:30:05Z\"", '"' + began + '"');

        assertThatThrownBy(() -> SavedReport.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("damaged")
                .hasMessageContaining("began");
    }

    @Test
    void thePlaceOfTheDamageIsNamed() throws IOException {
        Path file = saved("\"rounds\" : [ 0.4, 1.2, 0.8, 5.3, 0.6 ]", "\"rounds\" : [ 0.4, true ]");

        assertThatThrownBy(() -> SavedReport.read(file)).hasMessageContaining("stealPercent.rounds[1]: ");
    }

    @Test
    void whatIsDamagedCannotReachTheTerminal() throws IOException {
        Path file = saved("\"kind\" : \"bars\"", "\"kind\" : \"\\u001b[2J\\u009b2J\"");

        assertThatThrownBy(() -> SavedReport.read(file))
                .message()
                .matches(told -> told.codePoints().allMatch(PlainText::isShown))
                .contains("?[2J");
    }

    /** Cut anywhere, as by a full disk. */
    @Test
    void aPartOfAResultIsNone() throws IOException {
        String whole = SavedReport.json(SampleReports.rich());
        Path file = folder.resolve("run.json");
        for (int length = 1; length < whole.length(); length += 97) {
            Files.writeString(file, whole.substring(0, length));

            assertThatThrownBy(() -> SavedReport.read(file))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith(file + ": ")
                    .hasMessageMatching(
                            "(?s).*(ends in the middle|not JSON), in line \\d+.*name a whole file that --save wrote");
        }
    }

    @Test
    void noMoreIsReadThanAResultHas() {
        assertThatThrownBy(() -> SavedReport.read(Path.of("/dev/zero"))).hasMessageContaining("larger than 16 MB");
    }

    @Test
    void depthsWithoutEndAreNoResult() throws IOException {
        Path file = Files.writeString(folder.resolve("run.json"), "[".repeat(5_000_000));

        assertThatThrownBy(() -> SavedReport.read(file)).hasMessageContaining("not JSON");
    }

    @Test
    void whatCannotBeWrittenIsNamedAndWhatWasThereStays() throws IOException {
        Path file = Files.writeString(folder.resolve("run.json"), "before");
        Path broken = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("none/run.json"));
        Files.createDirectory(folder.resolve("dir"));
        Files.createFile(folder.resolve("dir/inside"));

        assertThatThrownBy(() -> OutputFile.write(folder.resolve("dir"), "now"))
                .hasMessageStartingWith(folder.resolve("dir") + ": could not be written: ")
                .message()
                .doesNotContain(".culvert-");
        assertThatThrownBy(() -> OutputFile.write(folder.resolve("none/run.json"), "now"))
                .hasMessage(folder.resolve("none/run.json") + ": could not be written: NoSuchFileException");
        OutputFile.write(broken, "now");

        assertThat(file).hasContent("before");
        assertThat(broken).isRegularFile().hasContent("now");
        try (var left = Files.list(folder)) {
            assertThat(left.map(each -> String.valueOf(each.getFileName()))).containsOnly("run.json", "link", "dir");
        }
    }

    @Test
    void aLinkStaysOne() throws IOException {
        Path file = Files.writeString(folder.resolve("run.json"), "before");
        Path link = Files.createSymbolicLink(folder.resolve("link"), file);

        OutputFile.write(link, "now");

        assertThat(link).isSymbolicLink();
        assertThat(file).hasContent("now");
    }

    @Test
    void bytesThatAreNoTextAreNoResult() throws IOException {
        Path file = Files.write(folder.resolve("run.json"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});

        assertThatThrownBy(() -> SavedReport.read(file)).hasMessageContaining("not a result of culvert bench");
        assertThatThrownBy(() -> SavedReport.read(folder)).hasMessageContaining("a folder");
        assertThatThrownBy(() -> SavedReport.read(folder.resolve("none"))).hasMessageContaining("no such file");
    }

    @Test
    void whereAFileCannotBeIsSaidBeforehand() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        OutputFile.check(file);
        OutputFile.check(Path.of("new.json"));
        assertThatThrownBy(() -> OutputFile.check(folder.resolve("none/run.json")))
                .hasMessageContaining("there is no folder " + folder.resolve("none"));
        assertThatThrownBy(() -> OutputFile.check(folder)).hasMessageContaining("a folder");
        assertThatThrownBy(() -> OutputFile.check(Path.of("/dev/null"))).hasMessageContaining("not a regular file");
        assertThatThrownBy(() -> OutputFile.check(Path.of("/proc/run.json"))).isInstanceOf(IOException.class);
    }

    private Path saved(String whole, String other) throws IOException {
        Report report = SampleReports.rich();
        String json = SavedReport.json(report);
        assertThat(json).contains(whole);
        return Files.writeString(
                folder.resolve("run.json"), json.replaceFirst(Pattern.quote(whole), Matcher.quoteReplacement(other)));
    }
}
