package dev.culvert.bench.report.html;

import dev.culvert.bench.result.Section;

/** Drawings of sections: SVG of one width, so that letters are legible on a phone and calm on a desk. */
final class Plot {
    static final double WIDTH = 400;

    private Plot() {}

    static String of(Section section) {
        return switch (section) {
            case Section.Bars bars -> BarPlot.of(bars);
            case Section.Ladder ladder -> LadderPlot.of(ladder);
            case Section.Curves curves -> LinePlot.of(curves);
            case Section.Percentiles percentiles -> LinePlot.of(percentiles);
        };
    }

    /** @param drawing elements of SVG */
    static String framed(Section section, String alt, double height, Markup drawing) {
        String id = "plot-" + section.id();
        return new Markup()
                .open(
                        "svg",
                        "viewBox",
                        "0 0 400 " + Math.round(height),
                        "role",
                        "img",
                        "class",
                        "plot",
                        "aria-labelledby",
                        id + "-title " + id + "-desc")
                .leaf("title", section.title(), "id", id + "-title")
                .leaf("desc", alt, "id", id + "-desc")
                .raw(drawing.toString())
                .close("svg")
                .toString();
    }

    static String shortened(String name, int most) {
        return name.length() <= most ? name : name.substring(0, most - 1) + "…";
    }
}
