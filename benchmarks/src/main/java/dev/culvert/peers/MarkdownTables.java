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
import java.util.function.Function;

/** A report as Markdown: where and how, then for each quantity a table of subjects by workloads, and one of their ratios. */
final class MarkdownTables {
    /** Said by other figures already: frames of TCP by its throughput, crossings by the kernel's count of system calls. */
    private static final List<String> LEFT_OUT = List.of("-frames", "-crossings");

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

    /** What stands in one table: sections with the same unit, of the same pass. */
    private record Key(Quantity quantity, boolean withOffloads) {}

    private static Map<Key, List<Bars>> tables(Report report) {
        Map<Key, List<Bars>> tables = new LinkedHashMap<>();
        for (Section section : report.sections()) {
            if (section instanceof Bars bars && LEFT_OUT.stream().noneMatch(bars.id()::contains)) {
                Key key = new Key(bars.quantity(), !bars.id().endsWith(Passes.WITHOUT_OFFLOADS));
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
        fact(
                "hypervisor steal",
                "%s to %s %% of a round".formatted(number(steal.lowest()), number(steal.highest())));
        for (String warning : report.warnings()) {
            line("");
            line("> " + warning);
        }
    }

    private void table(Key key, List<Bars> sections, List<String> yardsticks) {
        Quantity quantity = key.quantity();
        String pass = key.withOffloads() ? "" : ", veth offloads off";
        line("");
        line("### %s, %s%s".formatted(capitalized(quantity.name()), quantity.unit(), pass));
        line("Median (lowest to highest of the rounds); %s is better."
                .formatted(quantity.better().name().toLowerCase(Locale.ROOT)));
        rows(sections, (_, bar) -> Optional.of(cell(bar.samples())));
        for (String yardstick : yardsticks) {
            if (sections.stream().anyMatch(section -> find(section, yardstick).isPresent())) {
                line("");
                line("As a multiple of *%s*:".formatted(yardstick));
                rows(sections, (section, bar) -> ratio(section, bar, yardstick));
            }
        }
    }

    /** What stands in a cell. */
    @FunctionalInterface
    private interface Cell {
        Optional<String> of(Bars section, Bar bar);
    }

    private void rows(List<Bars> sections, Cell cell) {
        line("");
        header(sections.stream().map(MarkdownTables::column).toList());
        for (String name : names(sections)) {
            row(name, sections.stream()
                    .map(section -> find(section, name).flatMap(bar -> cell.of(section, bar)).orElse(""))
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
    private static Optional<String> ratio(Bars section, Bar bar, String yardstick) {
        Function<Bar, Double> median = each -> each.samples().median();
        return find(section, yardstick)
                .map(median)
                .filter(divisor -> divisor > 0)
                .map(divisor -> number(bar.samples().median() / divisor));
    }

    private void percentiles(Percentiles section) {
        line("");
        line("### %s, %s".formatted(section.title(), section.quantity().unit()));
        line(section.explanation());
        line("");
        List<Percentile> columns = section.distributions().getFirst().percentiles();
        header(columns.stream().map(column -> "%s %%".formatted(number(column.percent()))).toList());
        for (Distribution distribution : section.distributions()) {
            row(distribution.name(), distribution.percentiles().stream().map(each -> cell(each.samples())).toList());
        }
    }

    private void header(List<String> columns) {
        row("", columns);
        line("|---|" + "---:|".repeat(columns.size()));
    }

    private void row(String name, List<String> cells) {
        line("| %s | %s |".formatted(name, String.join(" | ", cells)));
    }

    /** Titles are {@code workload: quantity}. */
    private static String column(Bars section) {
        return section.title().split(":", 2)[0];
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
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

    private void fact(String name, String value) {
        line("| %s | %s |".formatted(name, value.replace("|", "\\|")));
    }

    private void line(String line) {
        text.append(line).append('\n');
    }

    private static String capitalized(String words) {
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }
}
