package dev.culvert.bench.report;

import dev.culvert.bench.result.Report;
import dev.culvert.bench.result.Samples;
import dev.culvert.bench.result.Section;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The medians of a report that sets the same subjects beside each other again and again: a row a figure, a column a subject. */
public final class Overview {
    public static final String TITLE = "In one view";

    private static final int LEAST_ROWS = 4;
    private static final int GAP = 2;

    private static final String BETWEEN = ": ";

    /** @param group of the figures of one kind of traffic; empty when the section stands alone */
    private record Row(String group, String title, Map<String, Samples> figures) {
        static Row of(Section section, Map<String, Samples> figures) {
            int end = section.title().indexOf(BETWEEN);
            String unit = ", " + section.quantity().unit();
            return end < 0
                    ? new Row(section.title(), section.quantity().name() + unit, figures)
                    : new Row(
                            section.title().substring(0, end),
                            section.title().substring(end + BETWEEN.length()) + unit,
                            figures);
        }
    }

    private Overview() {}

    /** One table, or as many beneath each other as {@code width} characters need; none for a report of another kind. */
    public static List<Table> of(Report report, int width) {
        List<Row> rows = new ArrayList<>();
        for (Section section : report.sections()) {
            switch (section) {
                case Section.Bars bars -> {
                    Map<String, Samples> figures = new LinkedHashMap<>();
                    bars.bars().forEach(bar -> figures.put(bar.name(), bar.samples()));
                    rows.add(Row.of(bars, figures));
                }
                case Section.Percentiles percentiles -> {
                    Map<String, Samples> figures = new LinkedHashMap<>();
                    percentiles.distributions().stream()
                            .filter(each -> !each.percentiles().isEmpty())
                            .forEach(each -> figures.put(
                                    each.name(), each.percentiles().getFirst().samples()));
                    rows.add(Row.of(percentiles, figures));
                }
                case Section.Ladder _, Section.Curves _ -> {
                    // no subjects beside each other
                }
            }
        }
        Set<String> subjects = new LinkedHashSet<>();
        rows.forEach(row -> subjects.addAll(row.figures().keySet()));
        rows.removeIf(row -> 2 * row.figures().size() < subjects.size()); // of other subjects
        return rows.size() < LEAST_ROWS ? List.of() : tables(rows, List.copyOf(subjects), width);
    }

    private static List<Table> tables(List<Row> rows, List<String> subjects, int width) {
        int room = width - GAP - rows.stream().mapToInt(Overview::widthOfTitle).reduce(0, Math::max);
        List<Table> tables = new ArrayList<>();
        List<String> together = new ArrayList<>();
        int used = 0;
        for (String subject : subjects) {
            int needed = GAP + widthOf(subject, rows);
            if (!together.isEmpty() && used + needed > room) {
                tables.add(table(rows, together));
                together.clear();
                used = 0;
            }
            together.add(subject);
            used += needed;
        }
        tables.add(table(rows, together));
        return tables;
    }

    private static int widthOfTitle(Row row) {
        return Math.max(
                row.group().length(), Table.INDENT.length() + row.title().length());
    }

    private static int widthOf(String subject, List<Row> rows) {
        return rows.stream().mapToInt(row -> cell(row, subject).length()).reduce(subject.length(), Math::max);
    }

    private static Table table(List<Row> rows, List<String> subjects) {
        List<Table.Column> columns = new ArrayList<>(List.of(Table.text("median")));
        subjects.forEach(subject -> columns.add(Table.number(subject)));
        List<List<String>> cells = new ArrayList<>();
        String group = "";
        for (Row row : rows) {
            if (!row.group().equals(group)) {
                group = row.group();
                List<String> heading = new ArrayList<>(Collections.nCopies(columns.size(), ""));
                heading.set(0, group);
                cells.add(heading);
            }
            List<String> line = new ArrayList<>(List.of(Table.INDENT + row.title()));
            subjects.forEach(subject -> line.add(cell(row, subject)));
            cells.add(line);
        }
        return new Table(columns, cells);
    }

    private static String cell(Row row, String subject) {
        Samples samples = row.figures().get(subject);
        return samples == null ? "-" : Numbers.figure(samples.median());
    }
}
