package dev.culvert.bench.report.html;

import dev.culvert.bench.report.Table;
import java.util.Iterator;
import java.util.List;

/** A table as HTML: what is empty because it repeats what stands above becomes one cell with it. */
final class PageTable {
    private static final String NO_TITLE = "noise";

    private final Table table;
    private final Markup out;

    private PageTable(Table table, Markup out) {
        this.table = table;
        this.out = out;
    }

    /** @param label for those who hear the page */
    static void write(Table table, String label, Markup out) {
        out.open("div", "class", "scroll", "tabindex", "0", "role", "group", "aria-label", "Table: " + label)
                .open("table");
        new PageTable(table, out).write();
        out.close("table").close("div");
    }

    private void write() {
        out.open("thead").open("tr");
        table.columns().forEach(this::title);
        out.close("tr").close("thead").open("tbody");
        List<List<String>> rows = table.rows();
        for (int row = 0; row < rows.size(); row++) {
            if (Table.isHeading(rows.get(row))) {
                heading(rows.get(row).getFirst());
            } else {
                row(rows, row);
            }
        }
        out.close("tbody");
    }

    private void title(Table.Column column) {
        out.open("th", "scope", "col", "class", alignment(column));
        if (column.title().isEmpty()) {
            out.leaf("span", NO_TITLE, "class", "unseen");
        } else {
            out.text(column.title());
        }
        out.close("th");
    }

    private void heading(String title) {
        out.close("tbody")
                .open("tbody")
                .open("tr")
                .leaf(
                        "th",
                        title,
                        "scope",
                        "rowgroup",
                        "colspan",
                        table.columns().size())
                .close("tr")
                .line();
    }

    private void row(List<List<String>> rows, int row) {
        String name = rows.get(row).getFirst();
        out.open("tr");
        if (row == 0 || !name.isEmpty()) {
            boolean isIndented = name.startsWith(Table.INDENT);
            out.leaf("th", name.strip(), "scope", "row", "rowspan", span(rows, row), "class", isIndented ? "in" : "t");
        }
        Iterator<Table.Column> columns = table.columns().iterator();
        columns.next();
        for (String cell : rows.get(row).subList(1, rows.get(row).size())) {
            boolean isVerdict = cell.equals("worse") || cell.equals("better");
            out.leaf("td", cell, "class", alignment(columns.next()) + (isVerdict ? " " + cell : ""));
        }
        out.close("tr").line();
    }

    private static int span(List<List<String>> rows, int row) {
        int next = row + 1;
        while (next < rows.size() && rows.get(next).getFirst().isEmpty()) {
            next++;
        }
        return next - row;
    }

    private static String alignment(Table.Column column) {
        return column.isNumber() ? "n" : "t";
    }
}
