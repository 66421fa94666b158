package dev.culvert.peers;

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
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A report as Markdown: where and how, then for each quantity a table of subjects by workloads, and one of their ratios. */
final class MarkdownTables {
    /** Said by other figures already: frames of TCP by its throughput, crossings by the kernel's count of system calls. */
    private static final List<String> LEFT_OUT = List.of("-frames", "-crossings");

    /** Of the others a ratio says little. */
    private static final Set<Quantity> COMPARED =
            Set.of(Quantity.THROUGHPUT, Quantity.FRAME_RATE, Quantity.CPU_PER_GIGABYTE, Quantity.CPU_PER_PACKET);

    private final StringBuilder text = new StringBuilder();

    private MarkdownTables() {}

    /** @param yardsticks names of bars, that all others are divided by */
    static String of(Report report, List<String> yardsticks) {
        MarkdownTables writer = new MarkdownTables();
        writer.heading(report);
        for (Map.Entry<Key, List<Bars>> table : tables(report).entrySet()) {
            writer.table(table.getKey(), table.getValue(), yardsticks);
        }
        for (Section section : report.sections()) {
            if (section instanceof Percentiles percentiles) {
                writer.percentiles(percentiles);
            }
        }
        return writer.text.toString();
    }

    /** What stands in one table: sections of one kind of traffic, with the same unit, of the same pass. */
    private record Key(Label.Kind kind, Quantity quantity, boolean withOffloads) {
        String heading() {
            return "### %s: %s, %s%s"
                    .formatted(
                            kind.text(),
                            quantity.name(),
                            quantity.unit(),
                            withOffloads ? "" : ", veth without offloads");
        }
    }

    private static Map<Key, List<Bars>> tables(Report report) {
        Map<Key, List<Bars>> tables = new LinkedHashMap<>();
        for (Section section : report.sections()) {
            if (section instanceof Bars bars && LEFT_OUT.stream().noneMatch(bars.id()::contains)) {
                Key key = new Key(Label.of(bars.id()).kind(), bars.quantity(), !Passes.isWithoutOffloads(bars.id()));
                tables.computeIfAbsent(key, _ -> new ArrayList<>()).add(bars);
            }
        }
        return tables;
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

    private void table(Key key, List<Bars> sections, List<String> yardsticks) {
        line("");
        line(key.heading());
        line("Median (lowest to highest of the rounds); %s is better."
                .formatted(key.quantity().better().name().toLowerCase(Locale.ROOT)));
        rows(sections, (_, bar) -> cell(bar.samples()));
        List<String> present = yardsticks.stream()
                .filter(name -> sections.stream()
                        .allMatch(section -> find(section, name).isPresent()))
                .toList();
        if (!present.isEmpty() && COMPARED.contains(key.quantity())) {
            line("");
            line("As a multiple of *%s*:".formatted(String.join("* / of *", present)));
            rows(
                    sections,
                    (section, bar) -> present.stream()
                            .map(yardstick ->
                                    ratio(bar, find(section, yardstick).orElseThrow()))
                            .collect(Collectors.joining(" / ")));
        }
    }

    /** What stands in a cell. */
    @FunctionalInterface
    private interface Cell {
        String of(Bars section, Bar bar);
    }

    private void rows(List<Bars> sections, Cell cell) {
        line("");
        header(sections.stream().map(section -> Label.of(section.id()).column()).toList());
        for (String name : names(sections)) {
            row(
                    name,
                    sections.stream()
                            .map(section -> find(section, name)
                                    .map(bar -> cell.of(section, bar))
                                    .orElse(""))
                            .toList());
        }
    }

    private static List<String> names(List<Bars> sections) {
        return sections.stream()
                .flatMap(section -> section.bars().stream())
                .map(Bar::name)
                .distinct()
                .toList();
    }

    private static Optional<Bar> find(Bars section, String name) {
        return section.bars().stream().filter(bar -> bar.name().equals(name)).findFirst();
    }

    /** Of the medians; none beside a yardstick that costs nothing. */
    private static String ratio(Bar bar, Bar yardstick) {
        double divisor = yardstick.samples().median();
        return divisor > 0 ? number(bar.samples().median() / divisor) : "";
    }

    private void percentiles(Percentiles section) {
        line("");
        Quantity quantity = section.quantity();
        line("### %s: %s, %s".formatted(Label.of(section.id()).kind().text(), quantity.name(), quantity.unit()));
        line(section.explanation());
        line("");
        List<Percentile> columns = section.distributions().getFirst().percentiles();
        header(columns.stream()
                .map(column -> "%s %%".formatted(number(column.percent())))
                .toList());
        for (Distribution distribution : section.distributions()) {
            row(
                    distribution.name(),
                    distribution.percentiles().stream()
                            .map(each -> cell(each.samples()))
                            .toList());
        }
    }

    private void header(List<String> columns) {
        row("", columns);
        line("|---|" + "---:|".repeat(columns.size()));
    }

    private void row(String name, List<String> cells) {
        line("| %s | %s |".formatted(name, String.join(" | ", cells)));
    }

    private static String cell(Samples samples) {
        return samples.rounds().size() == 1
                ? number(samples.median())
                : "%s (%s to %s)"
                        .formatted(number(samples.median()), number(samples.lowest()), number(samples.highest()));
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
