package dev.culvert.bench.report.html;

import dev.culvert.bench.report.Numbers;
import dev.culvert.bench.report.Ratio;
import dev.culvert.bench.report.Tables;
import dev.culvert.bench.result.Samples;
import dev.culvert.bench.result.Section;
import java.util.Optional;

/** Bars from zero, each with its spread as a whisker, and a line where the reference is. */
final class BarPlot {
    static final double ROW = 36;
    static final double THICK = 12;
    private static final double RIGHT = 8; // room for the end of a whisker

    private BarPlot() {}

    static String of(Section.Bars section) {
        Markup out = new Markup();
        double top = section.bars().stream()
                .mapToDouble(bar -> bar.samples().highest())
                .filter(Double::isFinite)
                .max()
                .orElse(0);
        double scale = top > 0 ? (Plot.WIDTH - RIGHT) / top : 0;
        Optional<Samples> reference = Tables.reference(section);
        double height = section.bars().size() * ROW + 2;
        double y = 0;
        for (Section.Bar bar : section.bars()) {
            boolean isReference = section.reference().equals(Optional.of(bar.name()));
            label(out, y, bar.name(), words(bar, isReference ? Optional.empty() : reference), section);
            double width = Math.max(bar.samples().median() * scale, 0);
            out.open(
                            "rect",
                            "x",
                            0.0,
                            "y",
                            y + 19,
                            "width",
                            Math.max(width, 1),
                            "height",
                            THICK,
                            "rx",
                            2.0,
                            "class",
                            isReference ? "bar reference" : "bar")
                    .close("rect");
            whisker(
                    out,
                    y + 19 + THICK / 2,
                    bar.samples().lowest() * scale,
                    bar.samples().highest() * scale);
            // beside the bars only: a line through the names would strike them out
            double at = y + 17;
            reference.ifPresent(by -> out.open(
                            "line",
                            "x1",
                            by.median() * scale,
                            "x2",
                            by.median() * scale,
                            "y1",
                            at,
                            "y2",
                            at + THICK + 4,
                            "class",
                            "mark")
                    .close("line"));
            y += ROW;
        }
        return Plot.framed(section, alt(section), height, out);
    }

    private static String words(Section.Bar bar, Optional<Samples> reference) {
        return Numbers.figure(bar.samples().median())
                + reference
                        .flatMap(by -> Ratio.of(bar.samples(), by))
                        .map(ratio -> " · " + Numbers.ratio(ratio.median()))
                        .orElse("");
    }

    /** A name at the left and what it has at the right, above its bar. */
    static void label(Markup out, double y, String name, String value, Section section) {
        int room = 52 - value.length();
        out.open("g")
                .leaf("title", name + ": " + value + ", " + section.quantity().unit());
        out.leaf("text", Plot.shortened(name, room), "x", 0.0, "y", y + 13, "class", "name");
        out.leaf("text", value, "x", Plot.WIDTH, "y", y + 13, "class", "v", "text-anchor", "end");
        out.close("g");
    }

    private static void whisker(Markup out, double y, double low, double high) {
        if (Double.isFinite(low) && Double.isFinite(high) && high > low) {
            out.open(
                            "path",
                            "class",
                            "whisker",
                            "d",
                            String.format(
                                    java.util.Locale.ROOT,
                                    "M%.1f %.1fv7M%.1f %.1fh%.1fM%.1f %.1fv7",
                                    low,
                                    y - 3.5,
                                    low,
                                    y,
                                    high - low,
                                    high,
                                    y - 3.5))
                    .close("path");
        }
    }

    private static String alt(Section.Bars section) {
        return "Bars of %s in %s for %d subjects; every number is in the table."
                .formatted(
                        section.quantity().name(),
                        section.quantity().unit(),
                        section.bars().size());
    }
}
