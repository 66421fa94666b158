package dev.culvert.bench.report.html;

import dev.culvert.bench.result.Fit;
import dev.culvert.bench.result.Samples;
import java.util.List;
import java.util.Optional;

/** What one line of a plot goes through. */
record Series(String name, List<Point> points, Optional<Fit> fit) {
    /** @param label of its place on the x axis */
    record Point(double x, String label, Samples samples) {}
}
