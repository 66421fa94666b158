package dev.culvert.bench.report;

import static dev.culvert.bench.report.Table.number;
import static dev.culvert.bench.report.Table.text;

import dev.culvert.bench.result.Fit;
import dev.culvert.bench.result.Samples;
import dev.culvert.bench.result.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The tables of a section: every number of its plot, and the spread of each. */
public final class Tables {
    /** Beside a ratio that the noise is larger than. */
    public static final String NOISE_MARK = "~";

    /** Instead of a table without a row. */
    public static final String NOTHING = "Nothing was measured.";

    private Tables() {}

    public static List<Table> of(Section section) {
        return switch (section) {
            case Section.Bars bars -> List.of(bars(bars));
            case Section.Ladder ladder -> List.of(ladder(ladder));
            case Section.Curves curves -> curves(curves);
            case Section.Percentiles percentiles -> List.of(percentiles(percentiles));
        };
    }

    public static boolean hasMark(Table table) {
        return table.rows().stream().anyMatch(row -> row.contains(NOISE_MARK));
    }

    private static Table bars(Section.Bars section) {
        Optional<Samples> reference = reference(section);
        List<Table.Column> columns = new ArrayList<>(List.of(
                text(section.quantity().name()), number(section.quantity().unit()), number("spread")));
        reference.ifPresent(_ -> columns.add(number("of " + section.reference().orElseThrow())));
        List<List<String>> rows = new ArrayList<>();
        List<Boolean> noise = new ArrayList<>();
        for (Section.Bar bar : section.bars()) {
            List<String> row = measured(bar.name(), bar.samples());
            boolean isItself = section.reference().equals(Optional.of(bar.name()));
            Optional<Ratio> ratio = isItself ? Optional.empty() : reference.flatMap(by -> Ratio.of(bar.samples(), by));
            reference.ifPresent(
                    _ -> row.add(ratio.map(each -> Numbers.ratio(each.median())).orElse("")));
            noise.add(ratio.filter(Ratio::isNoise).isPresent());
            rows.add(row);
        }
        return marked(columns, rows, noise);
    }

    /** With one more column for the marks, when there is one. */
    private static Table marked(List<Table.Column> columns, List<List<String>> rows, List<Boolean> noise) {
        if (noise.contains(true)) {
            columns.add(text(""));
            for (int row = 0; row < rows.size(); row++) {
                rows.get(row).add(noise.get(row) ? NOISE_MARK : "");
            }
        }
        return new Table(columns, rows);
    }

    /** What the bars are measured against, when it is among them. */
    public static Optional<Samples> reference(Section.Bars section) {
        return section.bars().stream()
                .filter(bar -> section.reference().equals(Optional.of(bar.name())))
                .map(Section.Bar::samples)
                .findFirst();
    }

    private static Table ladder(Section.Ladder section) {
        List<List<String>> rows = new ArrayList<>();
        List<Boolean> noise = new ArrayList<>();
        for (LadderSteps.Priced step : LadderSteps.of(section)) {
            List<String> row = measured(step.name(), step.total());
            row.add(Numbers.signed(step.price()));
            row.add(step.share().map(Numbers::ratio).orElse(""));
            rows.add(row);
            noise.add(step.isNoise());
        }
        List<Table.Column> columns = new ArrayList<>(List.of(
                text(section.quantity().name()),
                number(section.quantity().unit()),
                number("spread"),
                number("price of the step"),
                number("of the whole")));
        return marked(columns, rows, noise);
    }

    private static List<Table> curves(Section.Curves section) {
        List<Table> tables = new ArrayList<>();
        String unit = section.quantity().unit();
        if (section.curves().stream().anyMatch(curve -> curve.fit().isPresent())) {
            List<List<String>> rows = new ArrayList<>();
            for (Section.Curve curve : section.curves()) {
                curve.fit()
                        .ifPresentOrElse(
                                fit -> rows.add(List.of(
                                        curve.name(),
                                        Numbers.figure(fit.fixed().estimate()),
                                        interval(fit.fixed()),
                                        Numbers.figure(fit.perByte().estimate()),
                                        interval(fit.perByte()))),
                                () -> rows.add(List.of(curve.name(), "no straight line", "", "", "")));
            }
            tables.add(new Table(
                    List.of(
                            text("fit in %s, 95 %% intervals".formatted(unit)),
                            number("fixed"),
                            number("interval"),
                            number("per byte"),
                            number("interval")),
                    rows));
        }
        tables.add(points(section));
        return tables;
    }

    private static Table points(Section.Curves section) {
        List<List<String>> rows = new ArrayList<>();
        for (Section.Curve curve : section.curves()) {
            String name = curve.name();
            for (Section.Point point : curve.points()) {
                List<String> row = measured(name, point.samples());
                row.add(1, Numbers.count(point.bytes()));
                row.add(curve.fit()
                        .map(fit -> Numbers.figure(fit.at((double) point.bytes())))
                        .orElse(""));
                rows.add(row);
                name = "";
            }
        }
        return new Table(
                List.of(
                        text(section.quantity().name()),
                        number("bytes"),
                        number(section.quantity().unit()),
                        number("spread"),
                        number("by the fit")),
                rows);
    }

    private static Table percentiles(Section.Percentiles section) {
        List<List<String>> rows = new ArrayList<>();
        for (Section.Distribution distribution : section.distributions()) {
            String name = distribution.name();
            for (Section.Percentile percentile : distribution.percentiles()) {
                List<String> row = measured(name, percentile.samples());
                row.add(1, percentile(percentile.percent()));
                rows.add(row);
                name = "";
            }
        }
        return new Table(
                List.of(
                        text(section.quantity().name()),
                        number("percentile"),
                        number(section.quantity().unit()),
                        number("spread")),
                rows);
    }

    /** {@code median}, {@code 99.9 %}, {@code largest}. */
    public static String percentile(double percent) {
        if (percent == 50) {
            return "median";
        }
        if (percent == 100) {
            return "largest";
        }
        if (!(percent >= 0 && percent < 100)) {
            return Numbers.figure(percent) + " %"; // not from us
        }
        return (percent == Math.rint(percent) ? Numbers.count((long) percent) : Double.toString(percent)) + " %";
    }

    private static List<String> measured(String name, Samples samples) {
        List<String> row = new ArrayList<>();
        row.add(name);
        row.add(Numbers.figure(samples.median()));
        row.add(samples.rounds().size() == 1 ? "one round" : Numbers.range(samples.lowest(), samples.highest()));
        return row;
    }

    private static String interval(Fit.Interval interval) {
        return Numbers.range(interval.low(), interval.high());
    }
}
