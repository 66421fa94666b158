package dev.culvert.bench.report;

import dev.culvert.cli.render.Palette;

/** What {@code --against} prints. */
public final class ComparisonText {
    private ComparisonText() {}

    /** Lines, each with its end. */
    public static String of(Comparison comparison, int width, Palette palette) {
        StringBuilder text = new StringBuilder();
        text.append(palette.strong("Against the run of " + comparison.before().began() + ", culvert "
                        + PlainText.of(comparison.before().environment().culvert())))
                .append("\n\n");
        ComparisonTables.of(comparison).forEach((title, table) -> {
            text.append(palette.strong(PlainText.of(title))).append("\n");
            new TextTable(table, width, palette).appendTo(text);
            text.append('\n');
        });
        for (String remark : ComparisonRemarks.of(comparison)) {
            PlainText.wrapped(remark, width).forEach(line -> text.append(line).append('\n'));
        }
        comparison
                .warnings()
                .forEach(each -> PlainText.wrapped("warning: " + each, width)
                        .forEach(line -> text.append(palette.busy(line)).append('\n')));
        String summary = comparison.summary();
        PlainText.wrapped(summary, width)
                .forEach(line -> text.append(comparison.isWorse() ? palette.bad(line) : palette.good(line))
                        .append('\n'));
        return text.toString();
    }
}
