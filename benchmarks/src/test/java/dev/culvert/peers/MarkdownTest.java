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
import dev.culvert.bench.result.Section.Distribution;
import dev.culvert.bench.result.Section.Percentile;
import dev.culvert.bench.result.Section.Percentiles;
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
    private static final Traffic TRAFFIC = Traffic.everything(List.of(20_000, 0));

    @Test
    void tellsWhereAndWhenAndWhichReleases() {
        assertThat(MarkdownTables.of(report(), TRAFFIC))
                .contains("| date | 2026-11-23 |")
                .contains("| machine | 2 cores of a processor, Linux 6.18 |")
                .contains("| tincd | tinc version 1.0.36 |")
                .contains("| hypervisor steal | 0.500 to 2.00 % of a round |")
                .contains("> noisy");
    }

    @Test
    void givesAWorkloadAColumnAndASubjectARow() {
        assertThat(MarkdownTables.of(report(), TRAFFIC)).contains("""
                ### TCP: throughput, Gbit/s
                Median (lowest to highest of the rounds); higher is better.

                |  | 1 stream | 4 streams |
                |---|---:|---:|
                | tinc | 0.400 (0.300 to 0.600) | 0.500 |
                | Culvert | 2.00 (1.90 to 2.10) |  |
                | Culvert plain | 1.00 (0.950 to 1.05) |  |
                """);
    }

    @Test
    void setsEachCulvertAgainstTheOthersRoundByRound() {
        assertThat(MarkdownTables.of(report(), TRAFFIC)).contains("""
                *Culvert* as a multiple of each, round by round:

                |  | 1 stream | 4 streams |
                |---|---:|---:|
                | tinc | 4.75 (3.33 to 7.00) |  |
                | Culvert plain | 2.00 |  |
                """).contains("""
                *Culvert plain* as a multiple of each, round by round:

                |  | 1 stream | 4 streams |
                |---|---:|---:|
                | tinc | 2.37 (1.67 to 3.50) |  |
                | Culvert | 0.500 |  |
                """);
    }

    @Test
    void comparesNoLosses() {
        assertThat(MarkdownTables.of(report(), TRAFFIC)).contains("""
                ### UDP, payload of 64 bytes: loss, %
                Median (lowest to highest of the rounds); lower is better.

                |  | flood |
                |---|---:|
                | Culvert | 10.0 |
                | tinc | 20.0 |

                ### ping through an idle tunnel: round trip, us
                """);
    }

    @Test
    void putsAverageAndPercentilesOfPingsIntoOneTable() {
        assertThat(MarkdownTables.of(report(), TRAFFIC)).contains("""
                ### ping through an idle tunnel: round trip, us
                Median (lowest to highest of the rounds); lower is better.

                |  | average | 50.0 % | 99.0 % |
                |---|---:|---:|---:|
                | tinc | 90.0 | 80.0 | 200 |
                """);
    }

    @Test
    void keepsPassesApart() {
        assertThat(MarkdownTables.of(report(), TRAFFIC)).contains("""
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
                        new Bar("Culvert", Samples.of(1.9, 2.0, 2.1)),
                        new Bar("Culvert plain", Samples.of(0.95, 1.0, 1.05))),
                bars("tcp-4", "TCP, 4 streams: throughput", new Bar("tinc", Samples.of(0.5))),
                bars(
                        "tcp-1" + Pass.NO_OFFLOADS.suffix(),
                        "TCP, 1 stream: throughput, veth without offloads",
                        new Bar("tinc", Samples.of(0.1))),
                bars(
                        "udp-64-flood-loss",
                        "UDP, 64 bytes, as many as can be sent: loss",
                        Quantity.LOSS,
                        new Bar("Culvert", Samples.of(10)),
                        new Bar("tinc", Samples.of(20))),
                bars(
                        "ping-average",
                        "ping through an idle tunnel: average",
                        Quantity.ROUND_TRIP,
                        new Bar("tinc", Samples.of(90))),
                new Percentiles(
                        "ping",
                        "ping through an idle tunnel",
                        "",
                        Quantity.ROUND_TRIP,
                        List.of(new Distribution(
                                "tinc",
                                List.of(new Percentile(50, Samples.of(80)), new Percentile(99, Samples.of(200)))))));
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
        return bars(id, title, Quantity.THROUGHPUT, bars);
    }

    private static Bars bars(String id, String title, Quantity quantity, Bar... bars) {
        return new Bars(id, title, "", quantity, Optional.empty(), List.of(bars));
    }
}
