package dev.culvert.bench.report.html;

import dev.culvert.bench.report.Numbers;
import dev.culvert.bench.report.Tables;
import dev.culvert.bench.result.Fit;
import dev.culvert.bench.result.Samples;
import dev.culvert.bench.result.Section;
import java.util.List;
import java.util.Optional;

/** What one line of a plot goes through. */
record Series(String name, List<Point> points, Optional<Fit> fit) {
    /** @param label of its place on the x axis, as in the table */
    record Point(double x, String label, Samples samples) {}

    static List<Series> of(Section.Curves section) {
        return section.curves().stream()
                .map(curve -> new Series(
                        curve.name(),
                        curve.points().stream()
                                .map(point -> new Point(
                                        Math.max((double) point.bytes(), 1),
                                        Numbers.count(point.bytes()),
                                        point.samples()))
                                .toList(),
                        curve.fit()))
                .toList();
    }

    static List<Series> of(Section.Percentiles section) {
        List<Double> percents = section.distributions().stream()
                .flatMap(each -> each.percentiles().stream())
                .map(Section.Percentile::percent)
                .distinct()
                .sorted()
                .toList();
        return section.distributions().stream()
                .map(each -> new Series(
                        each.name(),
                        each.percentiles().stream()
                                .map(one -> new Point(
                                        percents.indexOf(one.percent()),
                                        Tables.percentile(one.percent()),
                                        one.samples()))
                                .toList(),
                        Optional.empty()))
                .toList();
    }
}
