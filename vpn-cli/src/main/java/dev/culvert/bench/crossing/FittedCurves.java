package dev.culvert.bench.crossing;

import dev.culvert.bench.result.Fit;
import dev.culvert.bench.result.LeastSquares;
import dev.culvert.bench.result.Quantity;
import dev.culvert.bench.result.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;

/** Rows beside each other as curves with their lines, and what is to be said about the lines. */
final class FittedCurves {
    /** A line that misses a point by more is said to. */
    private static final double CROOKED = 0.1;

    private final Figures figures;
    private final List<Section.Curve> curves = new ArrayList<>();
    private final List<String> crooked = new ArrayList<>();

    FittedCurves(Figures figures) {
        this.figures = figures;
    }

    /** The rows that were measured; the others stand in the warnings. */
    FittedCurves rows(RowId... ids) {
        for (RowId id : ids) {
            if (figures.has(id)) {
                add(figures.name(id), figures.points(id));
            }
        }
        return this;
    }

    /** A part of a row that has a line of its own. */
    FittedCurves part(RowId id, String where, LongPredicate sizes) {
        List<Section.Point> points = figures.points(id).stream()
                .filter(point -> sizes.test(point.bytes()))
                .toList();
        add(figures.name(id) + ", " + where, points);
        return this;
    }

    private void add(String name, List<Section.Point> points) {
        Fit fit = LeastSquares.of(points);
        curves.add(new Section.Curve(name, points, Optional.of(fit)));
        double residual = LeastSquares.worstResidual(fit, points);
        if (residual > CROOKED) {
            crooked.add("%s (by up to %s)".formatted(name, Wording.percent(residual)));
        }
    }

    Optional<Section> section(String id, String title, String explanation) {
        if (curves.isEmpty()) {
            return Optional.empty();
        }
        String text = explanation
                + (crooked.isEmpty()
                        ? ""
                        : " The line misses points of: %s; that cost is not quite straight, and the interval of its line is as"
                                        .formatted(String.join("; ", crooked))
                                + " wide as that makes it.");
        return Optional.of(new Section.Curves(id, title, text, Quantity.COST, List.copyOf(curves)));
    }
}
