package dev.culvert.bench.report.html;

import dev.culvert.bench.report.Comparison;
import dev.culvert.bench.report.ComparisonRemarks;
import dev.culvert.bench.report.ComparisonTables;
import dev.culvert.bench.report.Findings;
import dev.culvert.bench.report.Numbers;
import dev.culvert.bench.report.Overview;
import dev.culvert.bench.report.Table;
import dev.culvert.bench.report.Tables;
import dev.culvert.bench.result.Report;
import dev.culvert.bench.result.Section;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The whole page: what was found, then each section with plot and table, then where and how it was measured. */
public final class Page {
    private static final int LONG_TABLE = 24;
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM yyyy, HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final Report report;
    private final Markup out = new Markup();

    private Page(Report report) {
        this.report = report;
    }

    public static String of(Report report, Optional<Comparison> comparison) {
        Page page = new Page(report);
        page.head();
        comparison.ifPresent(page::comparison);
        page.out.open("main").line();
        page.overview();
        report.sections().forEach(page::section);
        page.out.close("main").line();
        page.conditions();
        return page.out.raw("</body></html>\n").toString();
    }

    private void head() {
        String title = "culvert bench " + report.benchmark();
        out.raw("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
                .raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
                // nothing is fetched and nothing runs, whatever a name may hold
                .raw("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src")
                .raw(" 'unsafe-inline'; img-src data:\"><link rel=\"icon\" href=\"data:,\">")
                .leaf("title", title + ", " + DAY.format(report.began()))
                .raw("<style>\n" + PageStyle.CSS + "</style></head>\n<body>")
                .open("header")
                .leaf("h1", title)
                .leaf(
                        "p",
                        "%s · %s · steal %s %%"
                                .formatted(
                                        DAY.format(report.began()),
                                        report.environment().cpu(),
                                        Numbers.figure(report.stealPercent().median())),
                        "class",
                        "soft");
        out.open("ul", "class", "findings");
        for (Findings.Finding each : Findings.of(report)) {
            out.open("li")
                    .open("a", "href", "#" + each.section())
                    .leaf("span", each.title())
                    .leaf("b", each.figure())
                    .leaf("span", each.about())
                    .close("a")
                    .close("li")
                    .line();
        }
        out.close("ul");
        warnings(report.warnings());
        out.close("header").line();
    }

    private void warnings(List<String> warnings) {
        if (!warnings.isEmpty()) {
            out.open("ul", "class", "warnings", "role", "note", "aria-label", "Warnings");
            warnings.forEach(warning -> out.leaf("li", warning));
            out.close("ul");
        }
    }

    private void comparison(Comparison comparison) {
        out.open("main")
                .open("section", "id", "comparison")
                .leaf(
                        "h2",
                        "Against the run of " + DAY.format(comparison.before().began()))
                .leaf("p", comparison.summary(), "class", comparison.isWorse() ? "worse" : "better");
        ComparisonRemarks.of(comparison).forEach(remark -> out.leaf("p", remark, "class", "explanation"));
        warnings(comparison.warnings());
        ComparisonTables.of(comparison).forEach((title, table) -> {
            out.open("details", comparison.isWorse() ? new Object[] {"open", "open"} : new Object[0])
                    .leaf("summary", title);
            table(table, title);
            out.close("details");
        });
        out.close("section").close("main");
    }

    private void overview() {
        for (Table table : Overview.of(report, Integer.MAX_VALUE)) {
            out.open("section", "id", "overview").leaf("h2", Overview.TITLE);
            table(table, Overview.TITLE);
            out.close("section").line();
        }
    }

    private void section(Section section) {
        out.open("section", "id", section.id()).leaf("h2", section.title());
        if (!section.explanation().isBlank()) {
            out.leaf("p", section.explanation(), "class", "explanation");
        }
        out.open("div", "class", "both").raw(Plot.of(section)).open("div");
        List<Table> tables = Tables.of(section);
        for (Table table : tables) {
            boolean isLong = table.rows().size() > LONG_TABLE;
            if (isLong) {
                out.open("details")
                        .leaf("summary", "All %d figures".formatted(table.rows().size()));
            }
            table(table, section.title());
            if (isLong) {
                out.close("details");
            }
        }
        if (tables.stream().anyMatch(table -> table.rows().stream().anyMatch(row -> row.contains(Tables.NOISE_MARK)))) {
            out.leaf("p", Tables.NOISE_MARK + " the noise is larger than the difference", "class", "soft");
        }
        out.close("div").close("div").close("section").line();
    }

    private void table(Table table, String title) {
        out.open("div", "class", "scroll", "tabindex", "0", "role", "region", "aria-label", "Table: " + title)
                .open("table")
                .open("thead")
                .open("tr");
        table.columns()
                .forEach(column ->
                        out.leaf("th", column.title(), "scope", "col", "class", column.isNumber() ? "n" : "t"));
        out.close("tr").close("thead").open("tbody");
        for (List<String> row : table.rows()) {
            out.open("tr");
            for (int i = 0; i < row.size(); i++) {
                String cell = row.get(i);
                if (i == 0) {
                    out.leaf("th", cell, "scope", "row");
                } else {
                    out.leaf("td", cell, "class", table.columns().get(i).isNumber() ? "n" : "t " + cell);
                }
            }
            out.close("tr").line();
        }
        out.close("tbody").close("table").close("div");
    }

    private void conditions() {
        var environment = report.environment();
        out.open("footer").open("section").leaf("h2", "Where and how").open("dl");
        fact("Culvert", environment.culvert());
        fact("Kernel", environment.kernel());
        fact("Processor", "%s, %d cores".formatted(environment.cpu(), environment.cores()));
        fact("JDK", environment.jdk());
        environment.facts().forEach(this::fact);
        fact("Asked for", report.settings());
        fact("Took", Numbers.figure(report.seconds()) + " s");
        fact(
                "Steal",
                "%s %% in the median, %s %% over %d rounds"
                        .formatted(
                                Numbers.figure(report.stealPercent().median()),
                                Numbers.range(
                                        report.stealPercent().lowest(),
                                        report.stealPercent().highest()),
                                report.stealPercent().rounds().size()));
        out.close("dl")
                .leaf(
                        "p",
                        "Numbers are medians; spread is from the lowest to the highest round. Whiskers in the"
                                + " plots are the spread.",
                        "class",
                        "soft")
                .close("section")
                .close("footer");
    }

    private void fact(String name, String value) {
        out.leaf("dt", name).leaf("dd", value);
    }
}
