package dev.culvert.bench.result;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Optional;

/** One question of a benchmark with its figures: a table, and a plot of the same numbers. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Section.Bars.class, name = "bars"),
    @JsonSubTypes.Type(value = Section.Ladder.class, name = "ladder"),
    @JsonSubTypes.Type(value = Section.Curves.class, name = "curves"),
    @JsonSubTypes.Type(value = Section.Percentiles.class, name = "percentiles"),
})
public sealed interface Section {
    /** In keys and links; the same in every run: {@code tcp-1}. */
    String id();

    String title();

    /** How the figures are to be read: what was done, what counts, what does not. */
    String explanation();

    Quantity quantity();

    /**
     * Subjects beside each other.
     *
     * @param reference the name of the bar that the others are measured against
     */
    record Bars(
            String id, String title, String explanation, Quantity quantity, Optional<String> reference, List<Bar> bars)
            implements Section {}

    record Bar(String name, Samples samples) {}

    /** A whole, put together step by step: each step holds everything below it, so its price is the difference. */
    record Ladder(String id, String title, String explanation, Quantity quantity, List<Step> steps)
            implements Section {}

    /** @param total of this step and all below it */
    record Step(String name, Samples total) {}

    /** A cost against the size of a frame. */
    record Curves(String id, String title, String explanation, Quantity quantity, List<Curve> curves)
            implements Section {}

    /** @param fit none where the cost is no straight line */
    record Curve(String name, List<Point> points, Optional<Fit> fit) {}

    record Point(long bytes, Samples samples) {}

    /** Distributions beside each other. */
    record Percentiles(String id, String title, String explanation, Quantity quantity, List<Distribution> distributions)
            implements Section {}

    /** @param percentiles ascending */
    record Distribution(String name, List<Percentile> percentiles) {}

    /** @param percent 50 for the median, 99.9, 100 for the largest seen */
    record Percentile(double percent, Samples samples) {}
}
