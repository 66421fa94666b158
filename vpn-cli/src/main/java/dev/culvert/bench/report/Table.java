package dev.culvert.bench.report;

import java.util.List;

/**
 * Figures of a section in rows, for a terminal and a page alike.
 *
 * @param rows each with a cell for every column; an empty name repeats the one above it; one with nothing beside it is
 *     the heading of those that are indented
 */
public record Table(List<Column> columns, List<List<String>> rows) {
    public static final String INDENT = "  ";

    /** @param isNumber then it is set to the right */
    public record Column(String title, boolean isNumber) {}

    static Column text(String title) {
        return new Column(title, false);
    }

    static Column number(String title) {
        return new Column(title, true);
    }

    public static boolean isHeading(List<String> row) {
        return row.size() > 1
                && !row.getFirst().isEmpty()
                && row.stream().skip(1).allMatch(String::isEmpty);
    }
}
