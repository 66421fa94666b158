package dev.culvert.bench.report.html;

import dev.culvert.bench.report.Numbers;
import dev.culvert.bench.report.Tables;
import dev.culvert.bench.result.Samples;
import dev.culvert.bench.result.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Points with their spread over sizes or percentiles, a line for each subject. */
final class LinePlot {
    private static final double LEFT = 46;
    private static final double TOP = 22;
    private static final double TALL = 230;
    private static final double LEGEND_ROW = 19;
    private static final int STYLES = 6;
    private static final int FIT_PIECES = 48;
    private static final double LETTERS_APART = 30;

    private final Section section;
    private final List<Series> all;
    private final Axis xs;
    private final Axis ys;
    private final Markup out = new Markup();

    private LinePlot(Section section, List<Series> all) {
        this.section = section;
        this.all = all;
        this.xs = across(all);
        this.ys = Axis.over(points().flatMap(each ->
                        Stream.of(each.samples().lowest(), each.samples().highest()))
                .toList());
    }

    /** Exactly from the first to the last place. */
    private static Axis across(List<Series> all) {
        List<Double> places = all.stream()
                .flatMap(each -> each.points().stream())
                .map(Series.Point::x)
                .sorted()
                .toList();
        double low = places.isEmpty() ? 0 : places.getFirst();
        double high = places.isEmpty() ? 1 : places.getLast();
        return new Axis(low, high > low ? high : low + 1, low > 0);
    }

    static String of(Section.Curves section) {
        List<Series> all = new ArrayList<>();
        for (Section.Curve curve : section.curves()) {
            all.add(new Series(
                    curve.name(),
                    curve.points().stream()
                            .map(point -> new Series.Point(
                                    Math.max((double) point.bytes(), 1),
                                    "%,d".formatted(point.bytes()),
                                    point.samples()))
                            .toList(),
                    curve.fit()));
        }
        return new LinePlot(section, all).drawn("bytes", "against the size of a frame");
    }

    static String of(Section.Percentiles section) {
        List<Double> percents = section.distributions().stream()
                .flatMap(each -> each.percentiles().stream())
                .map(Section.Percentile::percent)
                .distinct()
                .sorted()
                .toList();
        List<Series> all = new ArrayList<>();
        for (Section.Distribution each : section.distributions()) {
            all.add(new Series(
                    each.name(),
                    each.percentiles().stream()
                            .map(one -> new Series.Point(
                                    percents.indexOf(one.percent()), Tables.percentile(one.percent()), one.samples()))
                            .toList(),
                    Optional.empty()));
        }
        return new LinePlot(section, all).drawn("percentile", "by percentile");
    }

    private String drawn(String across, String how) {
        String quantity = section.quantity().name() + ", " + section.quantity().unit();
        out.leaf("text", quantity, "x", 0.0, "y", 11.0, "class", "axis");
        out.leaf("text", across, "x", Plot.WIDTH, "y", TOP + TALL + 34, "class", "axis", "text-anchor", "end");
        yAxis();
        xAxis();
        double legend = TOP + TALL + 52;
        for (int i = 0; i < all.size(); i++) {
            series(all.get(i), "s" + i % STYLES + (i >= STYLES ? " again" : ""), i % STYLES);
            double y = legend + i * LEGEND_ROW;
            String style = "s" + i % STYLES + (i >= STYLES ? " again" : "");
            out.open("path", "d", "M0 %dh22".formatted(Math.round(y - 4)), "class", "line " + style)
                    .close("path");
            marker(11, y - 4, i % STYLES, style, "");
            out.leaf("text", Plot.shortened(all.get(i).name(), 54), "x", 30.0, "y", y, "class", "name");
        }
        String alt = "%s in %s %s for %d subjects%s; every number is in the table."
                .formatted(
                        section.quantity().name(),
                        section.quantity().unit(),
                        how,
                        all.size(),
                        ys.isLogarithmic() ? ", logarithmic" : "");
        return Plot.framed(section, alt, legend + all.size() * LEGEND_ROW, out);
    }

    private Stream<Series.Point> points() {
        return all.stream().flatMap(each -> each.points().stream());
    }

    private void yAxis() {
        for (double tick : ys.ticks()) {
            double y = y(tick);
            out.open("line", "x1", LEFT, "x2", Plot.WIDTH, "y1", y, "y2", y, "class", "grid")
                    .close("line");
            out.leaf(
                    "text",
                    Numbers.figure(tick).replaceFirst("\\.0+$", ""),
                    "x",
                    LEFT - 6,
                    "y",
                    y + 4,
                    "class",
                    "tick",
                    "text-anchor",
                    "end");
        }
    }

    private void xAxis() {
        Map<Double, String> labels = new TreeMap<>();
        points().forEach(point -> labels.put(point.x(), point.label()));
        double free = 0;
        for (Map.Entry<Double, String> each : labels.entrySet()) {
            double x = x(each.getKey());
            out.open("line", "x1", x, "x2", x, "y1", TOP + TALL, "y2", TOP + TALL + 4, "class", "mark")
                    .close("line");
            if (x >= free) {
                out.leaf(
                        "text",
                        each.getValue(),
                        "x",
                        x,
                        "y",
                        TOP + TALL + 17,
                        "class",
                        "tick",
                        "text-anchor",
                        x > Plot.WIDTH - 20 ? "end" : "middle");
                free = x + LETTERS_APART + 2.0 * each.getValue().length();
            }
        }
    }

    private void series(Series series, String style, int shape) {
        StringBuilder path = new StringBuilder();
        if (series.fit().isPresent() && !series.points().isEmpty()) {
            double first = series.points().getFirst().x();
            double last = series.points().getLast().x();
            for (int i = 0; i <= FIT_PIECES; i++) {
                double x = first * Math.pow(last / first, i / (double) FIT_PIECES);
                add(path, x, series.fit().get().at(x));
            }
        } else {
            series.points()
                    .forEach(point -> add(path, point.x(), point.samples().median()));
        }
        out.open("path", "d", path, "class", "line " + style).close("path");
        for (Series.Point point : series.points()) {
            Samples samples = point.samples();
            double x = x(point.x());
            if (isDrawable(samples.lowest()) && isDrawable(samples.highest())) {
                out.open(
                                "line",
                                "x1",
                                x,
                                "x2",
                                x,
                                "y1",
                                y(samples.lowest()),
                                "y2",
                                y(samples.highest()),
                                "class",
                                "spread " + style)
                        .close("line");
            }
            if (isDrawable(samples.median())) {
                marker(
                        x,
                        y(samples.median()),
                        shape,
                        style,
                        series.name() + ", " + point.label() + ": " + Numbers.figure(samples.median()));
            }
        }
    }

    private void add(StringBuilder path, double x, double value) {
        if (isDrawable(value) && ys.place(value) >= 0) {
            path.append(String.format(Locale.ROOT, "%s%.1f %.1f", path.isEmpty() ? "M" : "L", x(x), y(value)));
        }
    }

    private boolean isDrawable(double value) {
        return Double.isFinite(value) && (value > 0 || !ys.isLogarithmic());
    }

    private double x(double value) {
        return LEFT + 8 + xs.place(value) * (Plot.WIDTH - LEFT - 16);
    }

    private double y(double value) {
        return TOP + TALL * (1 - ys.place(value));
    }

    /** Told apart by shape too. */
    private void marker(double x, double y, int shape, String style, String title) {
        String path = switch (shape) {
            case 0 -> "m-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z";
            case 1 -> "m-3.5 -3.5h7v7h-7z";
            case 2 -> "m0 -4.5l4.5 8h-9z";
            case 3 -> "m0 -5l5 5l-5 5l-5 -5z";
            case 4 -> "m0 4.5l4.5 -8h-9z";
            default -> "m-4 -1.5h2.5v-2.5h3v2.5h2.5v3h-2.5v2.5h-3v-2.5h-2.5z";
        };
        out.open("path", "d", String.format(Locale.ROOT, "M%.1f %.1f", x, y) + path, "class", "point " + style);
        if (!title.isEmpty()) {
            out.leaf("title", title);
        }
        out.close("path");
    }
}
