package dev.culvert.bench.report;

import dev.culvert.cli.render.Palette;
import java.util.List;

/** A table in characters of one width. */
final class TextTable {
    private static final String GAP = "  ";
    private static final String INDENT = "  ";
    private static final int LEAST_NAME = 12;

    private final Table table;
    private final int width;
    private final Palette palette;

    TextTable(Table table, int width, Palette palette) {
        this.table = table;
        this.width = width;
        this.palette = palette;
    }

    void appendTo(StringBuilder out) {
        int[] widths = new int[table.columns().size()];
        int all = INDENT.length() - GAP.length();
        for (int column = 0; column < widths.length; column++) {
            widths[column] = widthOf(column);
            all += GAP.length() + widths[column];
        }
        // only the names can give way: a number that is cut is a lie
        widths[0] = Math.max(Math.min(LEAST_NAME, widths[0]), widths[0] - Math.max(0, all - width));
        out.append(palette.faint(
                        line(table.columns().stream().map(Table.Column::title).toList(), widths)))
                .append('\n');
        for (List<String> row : table.rows()) {
            out.append(line(row, widths)).append('\n');
        }
    }

    private int widthOf(int column) {
        int widest = table.columns().get(column).title().length();
        for (List<String> row : table.rows()) {
            widest = Math.max(widest, row.get(column).length());
        }
        return widest;
    }

    private String line(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder(INDENT);
        for (int column = 0; column < widths.length; column++) {
            String cell = cut(PlainText.of(cells.get(column)), widths[column]);
            String space = " ".repeat(widths[column] - cell.length());
            line.append(table.columns().get(column).isNumber() ? space + cell : cell + space)
                    .append(GAP);
        }
        return line.toString().stripTrailing();
    }

    private static String cut(String cell, int width) {
        if (cell.length() <= width) {
            return cell;
        }
        int end = width - 2;
        return cell.substring(0, Character.isLowSurrogate(cell.charAt(end)) ? end - 1 : end) + "..";
    }
}
