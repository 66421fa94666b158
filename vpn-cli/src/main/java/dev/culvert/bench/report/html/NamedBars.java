package dev.culvert.bench.report.html;

import dev.culvert.bench.result.Quantity;
import dev.culvert.bench.result.Samples;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/** Bars beneath each other from top to bottom, above each a name at the left and what it has at the right. */
final class NamedBars {
    static final double THICK = 12;

    private static final double FIRST_LINE = 13;
    private static final double NEXT_LINE = 15;
    private static final double TO_BAR = 6;
    private static final double GAP = 5;
    private static final double RIGHT = 8; // room for the end of a whisker
    private static final double BETWEEN = 10;
    private static final double VISIBLE = 1; // nearly nothing is still something

    private final Quantity quantity;
    private final double scale;
    private final Markup bars = new Markup();
    private final Markup labels = new Markup();
    private double y;

    NamedBars(Quantity quantity, List<Samples> all) {
        this.quantity = quantity;
        double top = all.stream()
                .flatMapToDouble(each -> DoubleStream.of(each.median(), each.highest()))
                .filter(Double::isFinite)
                .max()
                .orElse(0);
        double whole = (Plot.WIDTH - RIGHT) / top;
        this.scale = top > 0 && Double.isFinite(whole) ? whole : 0;
    }

    /** Makes room for a bar; returns where it begins, from above. */
    double row(String name, String value) {
        double room = Plot.WIDTH - BETWEEN - Letters.count(value) * Letters.VALUE;
        labels.open("g")
                .leaf("title", "%s: %s, %s".formatted(name, value, quantity.unit()))
                .leaf("text", value, "x", Plot.WIDTH, "y", y + FIRST_LINE, "class", "v", "text-anchor", "end");
        y += FIRST_LINE;
        for (String line : Letters.lines(name, Letters.fitting(room, Letters.NAME))) {
            labels.leaf("text", line, "x", 0.0, "y", y, "class", "name");
            y += NEXT_LINE;
        }
        labels.close("g");
        double top = y - NEXT_LINE + TO_BAR;
        y = top + THICK + GAP;
        return top;
    }

    void bar(double top, double from, double to, String style) {
        double left = Math.min(across(from), across(to));
        double width = Math.max(Math.abs(across(to) - across(from)), VISIBLE);
        bars.open("rect", "x", left, "y", top, "width", width, "height", THICK, "rx", 2.0, "class", style)
                .close("rect");
    }

    void whisker(double top, Samples samples) {
        double low = across(samples.lowest());
        double high = across(samples.highest());
        if (high > low) {
            double middle = top + THICK / 2;
            String path = String.format(
                    Locale.ROOT,
                    "M%1$.1f %3$.1fv7M%1$.1f %4$.1fH%2$.1fM%2$.1f %3$.1fv7",
                    low,
                    high,
                    middle - 3.5,
                    middle);
            bars.open("path", "class", "whisker", "d", path).close("path");
        }
    }

    /** A dotted line upright. */
    void mark(double value, double from, double to) {
        bars.open("line", "x1", across(value), "x2", across(value), "y1", from, "y2", to, "class", "mark")
                .close("line");
    }

    /** From zero, where everything is that cannot be drawn. */
    private double across(double value) {
        return Double.isFinite(value) ? Math.clamp(value * scale, 0, Plot.WIDTH) : 0;
    }

    double height() {
        return y;
    }

    /** Names lie above what is drawn. */
    Markup drawn() {
        return new Markup().raw(bars.toString()).raw(labels.toString());
    }
}
