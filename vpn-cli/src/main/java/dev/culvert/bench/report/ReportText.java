package dev.culvert.bench.report;

import dev.culvert.bench.result.Report;
import dev.culvert.bench.result.Section;
import dev.culvert.cli.render.Palette;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What a benchmark prints for people. ASCII of its own; names come as they are. */
public final class ReportText {
    private final int width;
    private final Palette palette;
    private final StringBuilder text = new StringBuilder();
    private final Set<String> explained = new HashSet<>(); // what has been said is not said again

    private ReportText(int width, Palette palette) {
        this.width = width;
        this.palette = palette;
    }

    /** Lines, each with its end. */
    public static String of(Report report, int width, Palette palette) {
        ReportText writer = new ReportText(width, palette);
        report.sections().forEach(writer::section);
        writer.overview(report);
        if (report.sections().stream().flatMap(each -> Tables.of(each).stream()).anyMatch(Tables::hasMark)) {
            writer.paragraph(
                    "",
                    Tables.NOISE_MARK
                            + " the noise is larger than the difference: the rounds disagree about which is the larger, or are"
                            + " too few to tell.");
            writer.text.append('\n');
        }
        writer.conditions(report);
        report.warnings().forEach(writer::warning);
        return writer.text.toString();
    }

    private void section(Section section) {
        text.append(palette.strong(PlainText.of(section.title()))).append('\n');
        if (!section.explanation().isBlank() && explained.add(section.explanation())) {
            paragraph("  ", section.explanation());
        }
        List<Table> tables = Tables.of(section);
        if (tables.stream().allMatch(table -> table.rows().isEmpty())) {
            paragraph("  ", Tables.NOTHING);
        } else {
            for (Table table : tables) {
                text.append('\n');
                new TextTable(table, width, palette).appendTo(text);
            }
        }
        text.append('\n');
    }

    private void overview(Report report) {
        List<Table> tables = Overview.of(report, width);
        if (!tables.isEmpty()) {
            text.append(palette.strong(Overview.TITLE)).append('\n');
        }
        for (Table table : tables) {
            new TextTable(table, width, palette).appendTo(text);
            text.append('\n');
        }
    }

    private void conditions(Report report) {
        var environment = report.environment();
        var steal = report.stealPercent();
        paragraph(
                "",
                String.format(
                        Locale.ROOT,
                        "culvert %s, %s, %s, %d cores, JDK %s",
                        environment.culvert(),
                        environment.kernel(),
                        environment.cpu(),
                        environment.cores(),
                        environment.jdk()));
        environment.facts().forEach((name, fact) -> paragraph("", name + ": " + fact));
        paragraph(
                "",
                "%s, %s, %s s, steal %s (%s to %s): %s"
                        .formatted(
                                report.benchmark(),
                                report.began().truncatedTo(ChronoUnit.SECONDS),
                                Numbers.figure(report.seconds()),
                                Numbers.percent(steal.median()),
                                Numbers.percent(steal.lowest()),
                                Numbers.percent(steal.highest()),
                                report.settings()));
    }

    private void warning(String warning) {
        var lines = PlainText.wrapped("warning: " + warning, width);
        lines.forEach(line -> text.append(palette.busy(line)).append('\n'));
    }

    private void paragraph(String indent, String words) {
        for (String line : PlainText.wrapped(words, width - indent.length())) {
            text.append(indent).append(line).append('\n');
        }
    }
}
