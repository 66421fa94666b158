package dev.culvert.bench.report.html;

import dev.culvert.bench.report.Numbers;
import dev.culvert.bench.report.Ratio;
import dev.culvert.bench.report.Tables;
import dev.culvert.bench.result.Samples;
import dev.culvert.bench.result.Section;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Bars from zero, each with its spread as a whisker, and a line where the reference is. */
final class BarPlot {
    private static final double OVERHANG = 2;

    private BarPlot() {}

    static String of(Section.Bars section) {
        NamedBars out = new NamedBars(
                section.quantity(),
                section.bars().stream().map(Section.Bar::samples).toList());
        Optional<Samples> reference = Tables.reference(section);
        Map<String, Double> medians = new LinkedHashMap<>();
        for (Section.Bar bar : section.bars()) {
            boolean isReference = section.reference().equals(Optional.of(bar.name()));
            double median = bar.samples().median();
            double top = out.row(bar.name(), words(bar, isReference ? Optional.empty() : reference));
            out.bar(top, 0, median, isReference ? "bar reference" : "bar");
            out.whisker(top, bar.samples());
            // beside the bars only: a line through the names would strike them out
            reference.ifPresent(by -> out.mark(by.median(), top - OVERHANG, top + NamedBars.THICK + OVERHANG));
            medians.put(bar.name(), median);
        }
        return Plot.framed(section, "Bars", medians, out.height(), out.drawn());
    }

    private static String words(Section.Bar bar, Optional<Samples> reference) {
        return Numbers.figure(bar.samples().median())
                + reference
                        .flatMap(by -> Ratio.of(bar.samples(), by))
                        .map(ratio -> " · " + Numbers.ratio(ratio.median()))
                        .orElse("");
    }
}
