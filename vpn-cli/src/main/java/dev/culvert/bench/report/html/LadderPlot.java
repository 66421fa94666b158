package dev.culvert.bench.report.html;

import dev.culvert.bench.report.LadderSteps;
import dev.culvert.bench.report.Numbers;
import dev.culvert.bench.result.Section;
import java.util.List;

/** A waterfall that lies on its side: each step begins where the one above it ended. */
final class LadderPlot {
    private LadderPlot() {}

    static String of(Section.Ladder section) {
        List<LadderSteps.Priced> steps = LadderSteps.of(section);
        double top =
                steps.stream().mapToDouble(step -> step.total().median()).max().orElse(0);
        double scale = top > 0 ? Plot.WIDTH / top : 0;
        double height = steps.size() * BarPlot.ROW + 2;
        Markup out = new Markup();
        double below = 0;
        double y = 0;
        for (LadderSteps.Priced step : steps) {
            double end = step.total().median() * scale;
            BarPlot.label(
                    out,
                    y,
                    step.name(),
                    Numbers.signed(step.price()) + " → "
                            + Numbers.figure(step.total().median()),
                    section);
            out.open(
                            "rect",
                            "x",
                            Math.min(below, end),
                            "y",
                            y + 19,
                            "width",
                            Math.max(Math.abs(end - below), 1),
                            "height",
                            BarPlot.THICK,
                            "rx",
                            1.0,
                            "class",
                            y == 0 ? "bar reference" : end < below ? "bar saved" : "bar")
                    .close("rect");
            if (y + BarPlot.ROW < height - 2) {
                out.open(
                                "line",
                                "x1",
                                end,
                                "x2",
                                end,
                                "y1",
                                y + 19 + BarPlot.THICK,
                                "y2",
                                y + 19 + BarPlot.ROW,
                                "class",
                                "mark")
                        .close("line");
            }
            below = end;
            y += BarPlot.ROW;
        }
        String alt = "Waterfall of %s in %s over %d steps; every number is in the table."
                .formatted(section.quantity().name(), section.quantity().unit(), steps.size());
        return Plot.framed(section, alt, height, out);
    }
}
