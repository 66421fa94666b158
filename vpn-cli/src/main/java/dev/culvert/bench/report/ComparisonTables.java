package dev.culvert.bench.report;

import static dev.culvert.bench.report.Table.number;
import static dev.culvert.bench.report.Table.text;

import dev.culvert.bench.result.Samples;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A comparison in rows: a table for each section. */
public final class ComparisonTables {
    private ComparisonTables() {}

    public static Map<String, Table> of(Comparison comparison) {
        Map<String, List<List<String>>> sections = new LinkedHashMap<>();
        for (Change change : comparison.figures()) {
            sections.computeIfAbsent(change.section(), _ -> new ArrayList<>()).add(row(change));
        }
        Map<String, Table> tables = new LinkedHashMap<>();
        sections.forEach((title, rows) -> tables.put(
                title,
                new Table(
                        List.of(
                                text("figure"),
                                number("before"),
                                number("spread"),
                                number("now"),
                                number("spread"),
                                number("cost"),
                                text("verdict")),
                        rows)));
        if (!comparison.subjects().isEmpty()) {
            tables.put(
                    "All figures of a subject together",
                    new Table(
                            List.of(text("subject"), number("cost"), text("verdict")),
                            comparison.subjects().stream()
                                    .map(each -> List.of(
                                            each.figure(),
                                            Numbers.change(each.change()),
                                            each.verdict().words()))
                                    .toList()));
        }
        return tables;
    }

    private static List<String> row(Change change) {
        return List.of(
                change.figure(),
                Numbers.figure(change.before().median()),
                range(change.before()),
                Numbers.figure(change.now().median()),
                range(change.now()),
                Numbers.change(change.change()),
                change.verdict().words());
    }

    private static String range(Samples samples) {
        return Numbers.range(samples.lowest(), samples.highest());
    }
}
