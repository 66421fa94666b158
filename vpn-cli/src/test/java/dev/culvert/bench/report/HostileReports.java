package dev.culvert.bench.report;

import dev.culvert.bench.result.Environment;
import dev.culvert.bench.result.Fit;
import dev.culvert.bench.result.Quantity;
import dev.culvert.bench.result.Report;
import dev.culvert.bench.result.Samples;
import dev.culvert.bench.result.Section;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** What no benchmark finds, but a file may claim. */
public final class HostileReports {
    static final String NAME =
            "</title></svg><img src=x onerror=alert(1)> \" onerror=\"alert(1) \u001b[2J\u009b2J \u202e01 \u2028\u0000\udb40\udc01";

    private HostileReports() {}

    public static Stream<Arguments> all() {
        return Stream.concat(
                Stream.of(
                        Arguments.of("names", names()),
                        Arguments.of("empty", empty()),
                        Arguments.of("long", of("x".repeat(9000), 7))),
                DoubleStream.of(
                                Double.NaN,
                                Double.POSITIVE_INFINITY,
                                Double.NEGATIVE_INFINITY,
                                Double.MAX_VALUE,
                                -Double.MAX_VALUE,
                                Double.MIN_VALUE,
                                0,
                                -0.0,
                                -7,
                                1e29,
                                1e-29)
                        .mapToObj(value -> Arguments.of("figures of " + value, of("absurd", value))));
    }

    public static Report names() {
        return of(NAME, 7);
    }

    public static Report empty() {
        return report(
                "empty",
                List.of(
                        new Section.Bars("a", "A", "", Quantity.COST, Optional.of("none"), List.of()),
                        new Section.Ladder("b", "B", "", Quantity.COST, List.of()),
                        new Section.Curves("c", "C", "", Quantity.COST, List.of()),
                        new Section.Percentiles("d", "D", "", Quantity.COST, List.of())));
    }

    private static Report of(String name, double value) {
        Quantity quantity = new Quantity(name, name, Quantity.Better.LOWER);
        Samples absurd = Samples.of(value, value, value);
        Samples mixed = Samples.of(3, value, 5);
        Samples sane = Samples.of(3, 4, 5);
        String other = name + " again";
        Fit fit = new Fit(new Fit.Interval(value, value, value), new Fit.Interval(value, value, value));
        return report(
                name,
                List.of(
                        new Section.Bars(
                                "bars",
                                name,
                                name,
                                quantity,
                                Optional.of(name),
                                List.of(
                                        new Section.Bar(name, absurd),
                                        new Section.Bar(other, sane),
                                        new Section.Bar("mixed", mixed))),
                        new Section.Bars(
                                "by-sane",
                                name,
                                name,
                                quantity,
                                Optional.of("sane"),
                                List.of(new Section.Bar("sane", sane), new Section.Bar(name, absurd))),
                        new Section.Ladder(
                                "ladder",
                                name,
                                name,
                                quantity,
                                List.of(
                                        new Section.Step(name, sane),
                                        new Section.Step(other, absurd),
                                        new Section.Step("mixed", mixed))),
                        new Section.Curves(
                                "curves",
                                name,
                                name,
                                quantity,
                                List.of(
                                        new Section.Curve(
                                                name,
                                                List.of(
                                                        new Section.Point(-3, absurd),
                                                        new Section.Point(Long.MAX_VALUE, mixed),
                                                        new Section.Point(60, sane)),
                                                Optional.of(fit)),
                                        new Section.Curve(other, List.of(), Optional.of(fit)))),
                        new Section.Curves(
                                "one-point",
                                name,
                                name,
                                quantity,
                                List.of(new Section.Curve(
                                        name, List.of(new Section.Point(Long.MAX_VALUE, absurd)), Optional.empty()))),
                        new Section.Percentiles(
                                "percentiles",
                                name,
                                name,
                                quantity,
                                List.of(
                                        new Section.Distribution(
                                                name,
                                                List.of(
                                                        new Section.Percentile(value, absurd),
                                                        new Section.Percentile(50, mixed),
                                                        new Section.Percentile(99.9, sane))),
                                        new Section.Distribution(other, List.of())))));
    }

    private static Report report(String name, List<Section> sections) {
        return new Report(
                Report.FORMAT,
                "crypto",
                Instant.parse("9999-12-31T23:59:59Z"),
                -1e300,
                name,
                new Environment(name, name, name, -1, name, Map.of(name, name)),
                Samples.of(-1e300),
                sections,
                List.of(name));
    }
}
