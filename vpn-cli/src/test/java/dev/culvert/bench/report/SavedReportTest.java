package dev.culvert.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.culvert.bench.result.Report;
import dev.culvert.cli.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
                "[interface]|not a result of culvert bench",
                "{\"format\":2,\"benchmark\":\"crypto\"}|saved in format 2, this culvert reads format 1",
                "{\"format\":1,\"benchmark\":\"crypto\"}|a damaged result of culvert bench",
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
            })
    void aHoleInAResultIsFoundWhenItIsRead(String whole, String broken) throws IOException {
        Path file = saved(whole, broken);

        assertThatThrownBy(() -> SavedReport.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("damaged");
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
                folder.resolve("run.json"), json.replaceFirst(java.util.regex.Pattern.quote(whole), other));
    }
}
