package dev.culvert.bench.report.html;

import dev.culvert.bench.report.Numbers;
import dev.culvert.bench.result.Samples;
import dev.culvert.bench.result.Section;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Points with their spread over sizes or percentiles, a line for each subject. */
final class LinePlot {
    private static final double TOP = 22;
    private static final double TALL = 230;
    private static final double BOTTOM = TOP + TALL;
    private static final double GAP = 6;
    private static final double MARGIN = 8; // from the axes to the points
    private static final double LEGEND_ROW = 19;
    private static final double SAMPLE = 30; // of a line, in the legend
    private static final int FIT_PIECES = 48;

    private final Section section;
    private final List<Series> all;
    private final Axis xs;
    private final Axis ys;
    private final double left;
    private final Markup out = new Markup();

    private LinePlot(Section section, List<Series> all) {
        this.section = section;
        this.all = all;
        this.xs = across(all);
        this.ys = Axis.over(points().flatMap(each ->
                        Stream.of(each.samples().lowest(), each.samples().highest()))
                .toList());
        int widest = ys.ticks().stream()
                .mapToInt(tick -> Letters.count(Numbers.tick(tick)))
                .max()
                .orElse(0);
        this.left = GAP + widest * Letters.TICK;
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
        return new Axis(low, high > low ? high : 2 * low + 1, low > 0);
    }

    static String of(Section.Curves section) {
        return new LinePlot(section, Series.of(section)).drawn("bytes", "against the size of a frame");
    }

    static String of(Section.Percentiles section) {
        return new LinePlot(section, Series.of(section)).drawn("percentile", "by percentile");
    }

    private String drawn(String across, String how) {
        String quantity = section.quantity().name() + ", " + section.quantity().unit();
        out.leaf("text", quantity, "x", 0.0, "y", 11.0, "class", "axis");
        out.leaf("text", across, "x", Plot.WIDTH, "y", BOTTOM + 34, "class", "axis", "text-anchor", "end");
        yAxis();
        xAxis();
        double y = BOTTOM + 52;
        for (int i = 0; i < all.size(); i++) {
            SeriesStyle style = new SeriesStyle(i);
            series(all.get(i), style);
            y = legend(y, all.get(i).name(), style);
        }
        String alt = "%s %s%s: %s; every number is in the table."
                .formatted(
                        Plot.quantity(section),
                        how,
                        ys.isLogarithmic() ? ", logarithmic" : "",
                        all.stream().map(Series::name).collect(Collectors.joining("; ")));
        return Plot.framed(section, alt, y - LEGEND_ROW + GAP, out);
    }

    private Stream<Series.Point> points() {
        return all.stream().flatMap(each -> each.points().stream());
    }

    private void yAxis() {
        line("grid", left, BOTTOM, Plot.WIDTH, BOTTOM);
        for (double tick : ys.ticks()) {
            double y = y(tick);
            line("grid", left, y, Plot.WIDTH, y);
            out.leaf("text", Numbers.tick(tick), "x", left - GAP, "y", y + 4, "class", "tick", "text-anchor", "end");
        }
    }

    private void xAxis() {
        TreeMap<Double, String> labels = new TreeMap<>();
        points().forEach(point -> labels.put(point.x(), point.label()));
        points().map(Series.Point::x).distinct().forEach(x -> line("mark", x(x), BOTTOM, x(x), BOTTOM + 4));
        double end = Plot.WIDTH;
        if (!labels.isEmpty()) { // the last first: without it, nobody knows how far it goes
            String last = labels.pollLastEntry().getValue();
            xLabel(last, end, "end");
            end -= Letters.count(last) * Letters.TICK + GAP;
        }
        double free = 0;
        for (Map.Entry<Double, String> each : labels.entrySet()) {
            double x = x(each.getKey());
            double half = Letters.count(each.getValue()) * Letters.TICK / 2;
            if (x - half >= free && x + half <= end) {
                xLabel(each.getValue(), x, "middle");
                free = x + half + GAP;
            }
        }
    }

    private void xLabel(String label, double x, String anchor) {
        out.leaf("text", label, "x", x, "y", BOTTOM + 17, "class", "tick", "text-anchor", anchor);
    }

    private double legend(double y, String name, SeriesStyle style) {
        out.open("path", "d", String.format(Locale.ROOT, "M0 %.1fh22", y - 4), "class", style.classes("line"))
                .close("path");
        out.open("path", "d", style.point(11, y - 4), "class", style.classes("point"))
                .close("path");
        double next = y;
        for (String line : Letters.lines(name, Letters.fitting(Plot.WIDTH - SAMPLE, Letters.NAME))) {
            out.leaf("text", line, "x", SAMPLE, "y", next, "class", "name");
            next += LEGEND_ROW;
        }
        return next;
    }

    private void series(Series series, SeriesStyle style) {
        out.open("path", "d", path(series), "class", style.classes("line")).close("path");
        for (Series.Point point : series.points()) {
            Samples samples = point.samples();
            if (ys.holds(samples.lowest()) && ys.holds(samples.highest())) {
                line(style.classes("spread"), x(point.x()), y(samples.lowest()), x(point.x()), y(samples.highest()));
            }
            if (ys.holds(samples.median())) {
                String words = "%s, %s: %s".formatted(series.name(), point.label(), Numbers.figure(samples.median()));
                out.open("path", "d", style.point(x(point.x()), y(samples.median())), "class", style.classes("point"))
                        .leaf("title", words)
                        .close("path");
            }
        }
    }

    private String path(Series series) {
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
        return path.toString();
    }

    private void add(StringBuilder path, double x, double value) {
        if (ys.holds(value)) {
            path.append(String.format(Locale.ROOT, "%s%.1f %.1f", path.isEmpty() ? "M" : "L", x(x), y(value)));
        }
    }

    private void line(String classes, double x1, double y1, double x2, double y2) {
        out.open("line", "x1", x1, "x2", x2, "y1", y1, "y2", y2, "class", classes)
                .close("line");
    }

    private double x(double value) {
        return left + MARGIN + xs.place(value) * (Plot.WIDTH - left - 2 * MARGIN);
    }

    private double y(double value) {
        return TOP + TALL * (1 - ys.place(value));
    }
}
