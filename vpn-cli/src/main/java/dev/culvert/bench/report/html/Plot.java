package dev.culvert.bench.report.html;

import dev.culvert.bench.report.Numbers;
import dev.culvert.bench.result.Section;
import java.util.Map;

/** Drawings of sections: SVG of one width, so that letters are legible on a phone and calm on a desk. */
final class Plot {
    static final double WIDTH = 380;

    private Plot() {}

    static String of(Section section) {
        return switch (section) {
            case Section.Bars bars -> BarPlot.of(bars);
            case Section.Ladder ladder -> LadderPlot.of(ladder);
            case Section.Curves curves -> LinePlot.of(curves);
            case Section.Percentiles percentiles -> LinePlot.of(percentiles);
        };
    }

    /**
     * @param kind of drawing, for those who do not see it
     * @param figures by their names
     */
    static String framed(Section section, String kind, Map<String, Double> figures, double height, Markup drawing) {
        String all = "%s of %s, %s in all".formatted(kind, quantity(section), figures.size());
        String extremes = "";
        if (figures.size() > 1) {
            var byValue = Map.Entry.<String, Double>comparingByValue();
            extremes = ", from %s to %s"
                    .formatted(
                            figure(figures.entrySet().stream().min(byValue).orElseThrow()),
                            figure(figures.entrySet().stream().max(byValue).orElseThrow()));
        }
        return framed(section, all + extremes + "; every number is in the table.", height, drawing);
    }

    private static String figure(Map.Entry<String, Double> each) {
        return "%s (%s)".formatted(Numbers.figure(each.getValue()), each.getKey());
    }

    static String quantity(Section section) {
        return section.quantity().name() + " in " + section.quantity().unit();
    }

    /** @param drawing elements of SVG */
    static String framed(Section section, String alt, double height, Markup drawing) {
        String id = "plot-" + section.id();
        return new Markup()
                .open(
                        "svg",
                        "viewBox",
                        "0 0 " + Math.round(WIDTH) + " " + Math.round(height),
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
}
