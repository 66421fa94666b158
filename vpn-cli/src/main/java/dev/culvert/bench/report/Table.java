package dev.culvert.bench.report;

import java.util.List;

/**
 * Figures of a section in rows, for a terminal and a page alike.
 *
 * @param rows each with a cell for every column; an empty one repeats what is above it
 */
public record Table(List<Column> columns, List<List<String>> rows) {
    /** @param isNumber then it is set to the right */
    public record Column(String title, boolean isNumber) {}

    static Column text(String title) {
        return new Column(title, false);
    }

    static Column number(String title) {
        return new Column(title, true);
    }
}
