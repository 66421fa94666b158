package dev.culvert.peers;

import dev.culvert.bench.report.Ratio;
import dev.culvert.bench.result.Environment;
import dev.culvert.bench.result.Quantity;
import dev.culvert.bench.result.Report;
import dev.culvert.bench.result.Samples;
import dev.culvert.bench.result.Section;
import dev.culvert.bench.result.Section.Bars;
import dev.culvert.bench.result.Section.Percentiles;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A report as Markdown: where and how, then for each quantity a table of subjects by workloads, and for each Culvert one of
 * its figures by those of the others.
 */
final class MarkdownTables {
    /** Said by other figures already: frames of TCP by its throughput. */
    private static final String LEFT_OUT = "-frames";

    /** Of the others a ratio says little. */
    private static final Set<Quantity> COMPARED = Set.of(
            Quantity.THROUGHPUT,
            Quantity.FRAME_RATE,
            Quantity.ARRIVAL_RATE,
            Quantity.CPU_PER_GIGABYTE,
            Quantity.CPU_PER_PACKET,
            Quantity.ROUND_TRIP);

    private final Traffic traffic;
    private final StringBuilder text = new StringBuilder();

    private MarkdownTables(Traffic traffic) {
        this.traffic = traffic;
    }

    /** @param traffic that was measured: what the ids of sections begin with */
    static String of(Report report, Traffic traffic) {
        MarkdownTables writer = new MarkdownTables(traffic);
        writer.heading(report);
        writer.grids(report).values().forEach(writer::table);
        return writer.text.toString();
    }

    /** @param figures of subjects, by column; in the order of the columns */
    private record Grid(String heading, Quantity quantity, Map<String, Map<String, Samples>> figures) {
        List<String> subjects() {
            return figures.values().stream()
                    .flatMap(column -> column.keySet().stream())
                    .distinct()
                    .toList();
        }
    }

    /** By their headings: sections of one kind of traffic, with the same quantity, of the same pass, are one table. */
    private Map<String, Grid> grids(Report report) {
        Map<String, Grid> grids = new LinkedHashMap<>();
        for (Section section : report.sections()) {
            switch (section) {
                case Bars bars -> {
                    if (!bars.id().contains(LEFT_OUT)) {
                        Map<String, Samples> column =
                                column(grids, bars, label(bars).column());
                        bars.bars().forEach(bar -> column.put(bar.name(), bar.samples()));
                    }
                }
                case Percentiles percentiles -> add(grids, percentiles);
                case Section.Ladder _, Section.Curves _ -> {
                    // of other benchmarks
                }
            }
        }
        return grids;
    }

    private void add(Map<String, Grid> grids, Percentiles section) {
        for (Section.Distribution distribution : section.distributions()) {
            for (Section.Percentile percentile : distribution.percentiles()) {
                String name = "%s %%".formatted(number(percentile.percent()));
                column(grids, section, name).put(distribution.name(), percentile.samples());
            }
        }
    }

    private Map<String, Samples> column(Map<String, Grid> grids, Section section, String name) {
        String heading = "### %s: %s, %s%s"
                .formatted(
                        label(section).kind().text(),
                        section.quantity().name(),
                        section.quantity().unit(),
                        Pass.markOf(section.id()));
        return grids.computeIfAbsent(heading, _ -> new Grid(heading, section.quantity(), new LinkedHashMap<>()))
                .figures()
                .computeIfAbsent(name, _ -> new LinkedHashMap<>());
    }

    private Label label(Section section) {
        return Label.of(traffic, section.id(), section.title());
    }

    private void heading(Report report) {
        Environment environment = report.environment();
        line("| | |");
        line("|---|---|");
        fact("date", DateTimeFormatter.ISO_LOCAL_DATE.withZone(ZoneOffset.UTC).format(report.began()));
        fact("machine", "%d cores of %s, %s".formatted(environment.cores(), environment.cpu(), environment.kernel()));
        fact("Culvert", "%s on %s".formatted(environment.culvert(), environment.jdk()));
        environment.facts().forEach(this::fact);
        fact("run", "`%s`, %.0f s".formatted(report.settings(), report.seconds()));
        Samples steal = report.stealPercent();
        fact("hypervisor steal", "%s to %s %% of a round".formatted(number(steal.lowest()), number(steal.highest())));
        for (String warning : report.warnings()) {
            line("");
            line("> " + warning);
        }
    }

    private void table(Grid grid) {
        line("");
        line(grid.heading());
        line("Median (lowest to highest of the rounds); %s is better."
                .formatted(grid.quantity().better().name().toLowerCase(Locale.ROOT)));
        rows(grid, grid.subjects(), (column, subject) -> cell(column.get(subject)));
        if (COMPARED.contains(grid.quantity())) {
            grid.subjects().stream().filter(Culvert::isName).forEach(culvert -> ratios(grid, culvert));
        }
    }

    private void ratios(Grid grid, String culvert) {
        List<String> others = new ArrayList<>(grid.subjects());
        others.remove(culvert);
        if (!others.isEmpty()) {
            line("");
            line("*%s* as a multiple of each, round by round:".formatted(culvert));
            rows(grid, others, (column, subject) -> ratio(column.get(culvert), column.get(subject)));
        }
    }

    /** What stands in a cell. */
    @FunctionalInterface
    private interface Cell {
        String of(Map<String, Samples> column, String subject);
    }

    private void rows(Grid grid, List<String> subjects, Cell cell) {
        line("");
        row("", grid.figures().keySet().stream());
        line("|---|" + "---:|".repeat(grid.figures().size()));
        for (String subject : subjects) {
            row(subject, grid.figures().values().stream().map(column -> cell.of(column, subject)));
        }
    }

    private void row(String name, Stream<String> cells) {
        line("| %s | %s |".formatted(name, cells.collect(Collectors.joining(" | "))));
    }

    private static String cell(@Nullable Samples samples) {
        return samples == null ? "" : cell(samples.median(), samples.lowest(), samples.highest());
    }

    /** None beside what costs nothing. */
    private static String ratio(@Nullable Samples samples, @Nullable Samples others) {
        return samples == null || others == null
                ? ""
                : Ratio.of(samples, others)
                        .map(ratio -> cell(ratio.median(), ratio.low(), ratio.high()))
                        .orElse("");
    }

    private static String cell(double median, double low, double high) {
        return low == high ? number(median) : "%s (%s to %s)".formatted(number(median), number(low), number(high));
    }

    /** Three digits that mean something. */
    static String number(double value) {
        double size = Math.abs(value);
        int decimals = size >= 100 || size == 0 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }

    private void fact(String name, String value) {
        line("| %s | %s |".formatted(name, value.replace("|", "\\|")));
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
