package dev.culvert.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.culvert.bench.result.Environment;
import dev.culvert.bench.result.Quantity;
import dev.culvert.bench.result.Report;
import dev.culvert.bench.result.Samples;
import dev.culvert.bench.result.Section;
import dev.culvert.bench.result.Section.Bar;
import dev.culvert.bench.result.Section.Bars;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MarkdownTest {
    @Test
    void tellsWhereAndWhenAndWhichReleases() {
        assertThat(MarkdownTables.of(report(), List.of()))
                .contains("| date | 2026-11-23 |")
                .contains("| machine | 2 cores of a processor, Linux 6.18 |")
                .contains("| tincd | tinc version 1.0.36 |")
                .contains("| hypervisor steal | 0.500 to 2.00 % of a round |")
                .contains("> noisy");
    }

    @Test
    void givesAWorkloadAColumnAndASubjectARow() {
        assertThat(MarkdownTables.of(report(), List.of())).contains("""
                ### TCP: throughput, Gbit/s
                Median (lowest to highest of the rounds); higher is better.

                |  | 1 stream | 4 streams |
                |---|---:|---:|
                | tinc | 0.400 (0.300 to 0.600) | 0.500 |
                | Culvert | 2.00 (1.90 to 2.10) |  |
                """);
    }

    @Test
    void dividesByAYardstickWhereItIs() {
        assertThat(MarkdownTables.of(report(), List.of("tinc", "fastd null")))
                .contains("""
                As a multiple of *tinc*:

                |  | 1 stream | 4 streams |
                |---|---:|---:|
                | tinc | 1.00 | 1.00 |
                | Culvert | 5.00 |  |
                """)
                .doesNotContain("fastd null");
    }

    @Test
    void keepsPassesApart() {
        assertThat(MarkdownTables.of(report(), List.of())).contains("""
                ### TCP: throughput, Gbit/s, veth without offloads
                """).contains("| tinc | 0.100 |");
    }

    @Test
    void replacesFiguresAndKeepsProse(@TempDir Path folder) throws IOException {
        MarkdownFile page = new MarkdownFile(folder.resolve("page.md"));
        page.write("old");
        Files.writeString(page.path(), "before\n" + Files.readString(page.path()) + "after\n");
        page.check();
        page.write("new");
        assertThat(page.path())
                .content()
                .startsWith("before\n")
                .contains("new")
                .doesNotContain("old")
                .endsWith("after\n");
    }

    @Test
    void refusesAPageWithoutMarks(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("page.md"), "mine\n");
        assertThatThrownBy(() -> new MarkdownFile(file).check()).hasMessageContaining("has no lines");
        assertThat(file).content().isEqualTo("mine\n");
    }

    @Test
    void refusesAFolderThatIsNotThere(@TempDir Path folder) {
        assertThatThrownBy(() -> new MarkdownFile(folder.resolve("no/page.md")).check())
                .hasMessageContaining("no such folder");
    }

    private static Report report() {
        List<Section> sections = List.of(
                bars(
                        "tcp-1",
                        "TCP, 1 stream: throughput",
                        new Bar("tinc", Samples.of(0.4, 0.6, 0.3)),
                        new Bar("Culvert", Samples.of(1.9, 2.0, 2.1))),
                bars("tcp-4", "TCP, 4 streams: throughput", new Bar("tinc", Samples.of(0.5))),
                bars(
                        "tcp-1" + Passes.WITHOUT_OFFLOADS,
                        "TCP, 1 stream: throughput, veth without offloads",
                        new Bar("tinc", Samples.of(0.1))));
        return new Report(
                Report.FORMAT,
                "peers",
                Instant.parse("2026-11-23T00:10:00Z"),
                600,
                "benchmarks/peers --rounds 3",
                new Environment("0.1", "Linux 6.18", "a processor", 2, "25", Map.of("tincd", "tinc version 1.0.36")),
                Samples.of(0.5, 2),
                sections,
                List.of("noisy"));
    }

    private static Bars bars(String id, String title, Bar... bars) {
        return new Bars(id, title, "", Quantity.THROUGHPUT, Optional.empty(), List.of(bars));
    }
}
