package dev.culvert.bench.report.html;

import dev.culvert.bench.report.LadderSteps;
import dev.culvert.bench.report.Numbers;
import dev.culvert.bench.result.Section;
import java.util.LinkedHashMap;
import java.util.Map;

/** A waterfall that lies on its side: each step begins where the one above it ended. */
final class LadderPlot {
    private LadderPlot() {}

    static String of(Section.Ladder section) {
        NamedBars out = new NamedBars(
                section.quantity(),
                section.steps().stream().map(Section.Step::total).toList());
        Map<String, Double> totals = new LinkedHashMap<>();
        double below = 0;
        double bottom = 0;
        for (LadderSteps.Priced step : LadderSteps.of(section)) {
            double total = step.total().median();
            double top = out.row(step.name(), Numbers.signed(step.price()) + " → " + Numbers.figure(total));
            boolean isFirst = totals.isEmpty();
            out.bar(top, below, total, isFirst ? "bar reference" : total < below ? "bar saved" : "bar");
            out.whisker(top, step.total());
            if (!isFirst) {
                out.mark(below, bottom, top);
            }
            totals.put(step.name(), total);
            below = total;
            bottom = top + NamedBars.THICK;
        }
        return Plot.framed(section, "Waterfall", totals, out.height(), out.drawn());
    }
}
