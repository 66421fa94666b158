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

    private static final long FIRST_CACHE_BYTES = 12_000;
    private static final double KILOBYTE = 1000;

    private final Figures figures;
    private final List<Section.Curve> curves = new ArrayList<>();
    private final List<String> crooked = new ArrayList<>();
    private final List<String> words = new ArrayList<>();

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
            crooked.add("%s (by %s)".formatted(name, Wording.percent(residual)));
        }
    }

    /** Each line in words, beside a bare system call and the copy that user space makes. */
    FittedCurves inWords() {
        double systemCall = figures.at(RowId.SYSTEM_CALL_ERRNO).median();
        Fit copy = LeastSquares.of(figures.points(RowId.COPY_LIBC).stream()
                .filter(point -> !isInFirstCache(point.bytes()))
                .toList());
        for (Section.Curve curve : curves) {
            curve.fit()
                    .ifPresent(fit -> words.add("%s: %s ns fixed (%s to %s) and %s ns/KB (%s to %s)"
                            .formatted(
                                    curve.name(),
                                    Wording.number(fit.fixed().estimate()),
                                    Wording.number(fit.fixed().low()),
                                    Wording.number(fit.fixed().high()),
                                    Wording.number(KILOBYTE * fit.perByte().estimate()),
                                    Wording.number(KILOBYTE * fit.perByte().low()),
                                    Wording.number(KILOBYTE * fit.perByte().high()))));
        }
        words.add(
                "of the fixed part a bare system call, from Java and back, is %s, of each KB the same copy in user space %s"
                        .formatted(
                                Wording.nanos(systemCall),
                                Wording.nanos(KILOBYTE * copy.perByte().estimate())));
        return this;
    }

    /** Whether two buffers of this size lie in the first cache of any processor of today. */
    static boolean isInFirstCache(long bytes) {
        return bytes <= FIRST_CACHE_BYTES;
    }

    Optional<Section> section(String id, String title, String explanation) {
        if (curves.isEmpty()) {
            return Optional.empty();
        }
        StringBuilder text = new StringBuilder(explanation);
        if (!words.isEmpty()) {
            text.append(' ').append(String.join("; ", words)).append('.');
        }
        if (!crooked.isEmpty()) {
            text.append(" Not quite straight, so that the line misses points and its interval is wide: ")
                    .append(String.join("; ", crooked))
                    .append('.');
        }
        return Optional.of(new Section.Curves(id, title, text.toString(), Quantity.COST, List.copyOf(curves)));
    }
}
