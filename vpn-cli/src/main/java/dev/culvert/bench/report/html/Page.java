package dev.culvert.bench.report.html;

import dev.culvert.bench.report.Comparison;
import dev.culvert.bench.report.Findings;
import dev.culvert.bench.report.Numbers;
import dev.culvert.bench.report.Overview;
import dev.culvert.bench.report.Table;
import dev.culvert.bench.report.Tables;
import dev.culvert.bench.result.Report;
import dev.culvert.bench.result.Section;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The whole page: what was found, then each section with plot and table, then where and how it was measured. */
public final class Page {
    private static final int LONG_TABLE = 24;
    private static final int MANY = 8;
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM yyyy, HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    // No section has such an id: theirs are without an underscore.
    private static final String COMPARISON_ID = "_comparison";
    private static final String OVERVIEW_ID = "_overview";
    private static final String CONDITIONS_ID = "_conditions";
    private static final String CONDITIONS_TITLE = "Where and how";

    private final Report report;
    private final Optional<Comparison> comparison;
    private final List<Table> overview;
    private final Markup out = new Markup();

    private Page(Report report, Optional<Comparison> comparison) {
        this.report = report;
        this.comparison = comparison;
        this.overview = Overview.of(report, Integer.MAX_VALUE);
    }

    public static String of(Report report, Optional<Comparison> comparison) {
        Page page = new Page(report, comparison);
        page.head();
        page.header();
        page.out.open("main").line();
        comparison.ifPresent(each -> new ComparisonPart(each, page.out).write(COMPARISON_ID, title(each)));
        page.overview();
        report.sections().forEach(page::section);
        page.out.close("main").line();
        page.conditions();
        return page.out.raw("</body></html>\n").toString();
    }

    static String day(Instant instant) {
        return DAY.format(instant);
    }

    private static String title(Comparison comparison) {
        return "Against the run of " + day(comparison.before().began());
    }

    private String title() {
        return "culvert bench " + report.benchmark();
    }

    private void head() {
        out.raw("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
                .raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
                // nothing is fetched and nothing runs, whatever a name may hold
                .raw("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src")
                .raw(" 'unsafe-inline'; img-src data:\"><link rel=\"icon\" href=\"data:,\">")
                .leaf("title", title() + ", " + day(report.began()))
                .raw("<style>\n" + PageStyle.CSS + "</style></head>\n<body>");
    }

    private void header() {
        String steal = Numbers.percent(report.stealPercent().median());
        out.open("header")
                .leaf("h1", title())
                .leaf(
                        "p",
                        "%s · %s · steal %s"
                                .formatted(
                                        day(report.began()),
                                        report.environment().cpu(),
                                        steal),
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
        warnings(report.warnings(), out);
        if (report.sections().size() > MANY) {
            contents();
        }
        out.close("header").line();
    }

    private void contents() {
        out.open("nav", "aria-label", "Contents")
                .open("details")
                .leaf("summary", "Contents: " + report.sections().size() + " sections")
                .open("ul");
        comparison.ifPresent(each -> link(COMPARISON_ID, title(each)));
        overview.forEach(_ -> link(OVERVIEW_ID, Overview.TITLE));
        report.sections().forEach(section -> link(section.id(), section.title()));
        link(CONDITIONS_ID, CONDITIONS_TITLE);
        out.close("ul").close("details").close("nav");
    }

    private void link(String id, String title) {
        out.open("li").leaf("a", title, "href", "#" + id).close("li").line();
    }

    static void warnings(List<String> warnings, Markup out) {
        if (!warnings.isEmpty()) {
            out.open("ul", "class", "warnings", "role", "note", "aria-label", "Warnings");
            warnings.forEach(warning -> out.leaf("li", warning));
            out.close("ul");
        }
    }

    private void overview() {
        for (Table table : overview) {
            out.open("section", "id", OVERVIEW_ID).leaf("h2", Overview.TITLE);
            PageTable.write(table, Overview.TITLE, out);
            out.close("section").line();
        }
    }

    private void section(Section section) {
        out.open("section", "id", section.id()).leaf("h2", section.title());
        if (!section.explanation().isBlank()) {
            out.leaf("p", section.explanation(), "class", "explanation");
        }
        List<Table> tables = Tables.of(section);
        if (tables.stream().allMatch(table -> table.rows().isEmpty())) {
            out.leaf("p", Tables.NOTHING, "class", "soft");
        } else {
            out.open("div", "class", "both").raw(Plot.of(section)).open("div");
            tables.forEach(table -> table(table, section.title()));
            if (tables.stream().anyMatch(Tables::hasMark)) {
                out.leaf("p", Tables.NOISE_MARK + " the noise is larger than the difference", "class", "soft");
            }
            out.close("div").close("div");
        }
        out.close("section").line();
    }

    private void table(Table table, String title) {
        boolean isLong = table.rows().size() > LONG_TABLE;
        if (isLong) {
            out.open("details").leaf("summary", "All " + table.rows().size() + " figures");
        }
        PageTable.write(table, title, out);
        if (isLong) {
            out.close("details");
        }
    }

    private void conditions() {
        var environment = report.environment();
        var steal = report.stealPercent();
        out.open("footer")
                .open("section", "id", CONDITIONS_ID)
                .leaf("h2", CONDITIONS_TITLE)
                .open("dl");
        fact("Culvert", environment.culvert());
        fact("Kernel", environment.kernel());
        fact("Processor", environment.cpu() + ", " + environment.cores() + " cores");
        fact("JDK", environment.jdk());
        environment.facts().forEach(this::fact);
        fact("Asked for", report.settings());
        fact("Took", Numbers.figure(report.seconds()) + " s");
        fact(
                "Steal",
                "%s in the median, %s to %s over %s rounds"
                        .formatted(
                                Numbers.percent(steal.median()),
                                Numbers.percent(steal.lowest()),
                                Numbers.percent(steal.highest()),
                                steal.rounds().size()));
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
