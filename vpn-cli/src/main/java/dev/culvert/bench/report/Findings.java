package dev.culvert.bench.report;

import dev.culvert.bench.result.Quantity;
import dev.culvert.bench.result.Report;
import dev.culvert.bench.result.Samples;
import dev.culvert.bench.result.Section;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What the first sections come down to, for those who read nothing else. */
public final class Findings {
    private static final String OURS = "Culvert";
    private static final int MAX = 8; // what fits the top of a page; the overview has the rest

    /** @param figure the number itself; {@code about} what it is of */
    public record Finding(String section, String title, String figure, String about) {}

    private Findings() {}

    public static List<Finding> of(Report report) {
        List<Finding> findings = new ArrayList<>();
        for (Section section : report.sections()) {
            Optional<Finding> found = switch (section) {
                case Section.Bars bars -> bars(bars);
                case Section.Ladder ladder -> ladder(ladder);
                case Section.Curves curves -> curves(curves);
                case Section.Percentiles percentiles -> percentiles(percentiles);
            };
            found.ifPresent(findings::add);
        }
        return findings.stream().limit(MAX).toList();
    }

    private static Optional<Finding> bars(Section.Bars section) {
        return subject(section).map(bar -> {
            String value = value(bar.samples(), section.quantity());
            Optional<String> ratio = Tables.reference(section)
                    .filter(by -> !isReference(section, bar))
                    .flatMap(by -> Ratio.of(bar.samples(), by))
                    .map(each -> Numbers.ratio(each.median()));
            return new Finding(
                    section.id(),
                    section.title(),
                    value,
                    bar.name()
                            + ratio.map(each -> ": " + each + " of "
                                            + section.reference().orElseThrow())
                                    .orElse(""));
        });
    }

    /** Ours; else what all others are measured against; else the first. */
    private static Optional<Section.Bar> subject(Section.Bars section) {
        return section.bars().stream()
                .min(Comparator.comparing(
                                (Section.Bar bar) -> !bar.name().startsWith(OURS) || isReference(section, bar))
                        .thenComparing(bar -> !isReference(section, bar)));
    }

    private static boolean isReference(Section.Bars section, Section.Bar bar) {
        return section.reference().equals(Optional.of(bar.name()));
    }

    private static Optional<Finding> ladder(Section.Ladder section) {
        return LadderSteps.of(section).stream()
                .skip(1)
                .max(Comparator.comparingDouble(LadderSteps.Priced::price))
                .map(step -> new Finding(
                        section.id(),
                        section.title(),
                        Numbers.signed(step.price()) + " " + section.quantity().unit(),
                        "the dearest step, " + step.name()
                                + step.share()
                                        .map(share -> ": " + Numbers.ratio(share) + " of the whole")
                                        .orElse("")));
    }

    private static Optional<Finding> curves(Section.Curves section) {
        String unit = section.quantity().unit();
        return section.curves().stream()
                .filter(curve -> curve.fit().isPresent())
                .max(Comparator.comparingDouble(
                        curve -> curve.fit().orElseThrow().fixed().estimate()))
                .map(curve -> {
                    var fit = curve.fit().orElseThrow();
                    return new Finding(
                            section.id(),
                            section.title(),
                            Numbers.figure(fit.fixed().estimate()) + " " + unit,
                            "%s, and %s %s more a byte: the largest fixed cost"
                                    .formatted(
                                            curve.name(),
                                            Numbers.figure(fit.perByte().estimate()),
                                            unit));
                });
    }

    private static Optional<Finding> percentiles(Section.Percentiles section) {
        return section.distributions().stream()
                .filter(each -> !each.percentiles().isEmpty())
                .min(Comparator.comparing(
                        (Section.Distribution each) -> !each.name().startsWith(OURS)))
                .map(each -> {
                    var body = each.percentiles().getFirst();
                    return new Finding(
                            section.id(),
                            section.title(),
                            value(body.samples(), section.quantity()),
                            each.name() + ", " + Tables.percentile(body.percent()));
                });
    }

    private static String value(Samples samples, Quantity quantity) {
        return Numbers.figure(samples.median()) + " " + quantity.unit();
    }
}
