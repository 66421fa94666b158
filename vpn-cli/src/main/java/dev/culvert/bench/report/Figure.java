package dev.culvert.bench.report;

import dev.culvert.bench.result.Quantity;
import dev.culvert.bench.result.Report;
import dev.culvert.bench.result.Samples;
import dev.culvert.bench.result.Section;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One number of a report, with what finds it again in another.
 *
 * @param detail size or percentile; empty for a bar or a step
 * @param yardstick the reference, measured in the same rounds; none for the reference itself
 * @param isYardstick it is measured to tell where others stand, and not judged
 */
record Figure(
        Section section,
        String subject,
        String detail,
        Samples samples,
        Optional<Samples> yardstick,
        boolean isYardstick) {
    /** Of distributions: what lies beyond is decided by few packets, and scatters more. */
    private static final Set<String> BODY = Set.of("median", "75 %", "90 %");

    record Key(String section, String subject, String detail) {
        @Override
        public String toString() {
            return section + ": " + subject + (detail.isEmpty() ? "" : ", " + detail);
        }
    }

    Key key() {
        return new Key(section.id(), subject, detail);
    }

    Quantity quantity() {
        return section.quantity();
    }

    /** Whose rounds lie about equally far apart. */
    String kindOfNoise() {
        boolean isTail = section instanceof Section.Percentiles && !BODY.contains(detail);
        return "%s %s %s".formatted(quantity().name(), quantity().unit(), isTail);
    }

    static List<Figure> of(Report report) {
        Set<String> references = new HashSet<>();
        for (Section section : report.sections()) {
            if (section instanceof Section.Bars bars) {
                bars.reference().ifPresent(references::add);
            }
        }
        boolean hasLadder = report.sections().stream().anyMatch(Section.Ladder.class::isInstance);
        List<Figure> figures = new ArrayList<>();
        for (Section section : report.sections()) {
            List<Figure> raw = raw(section);
            for (Figure figure : raw) {
                figures.add(figure.measuredBy(raw, references).onlyIf(!hasLadder || isTop(figure, raw)));
            }
        }
        return figures;
    }

    /** The first step of a ladder is the yardstick of the others; elsewhere it is who is the reference of any bars. */
    private Figure measuredBy(List<Figure> all, Set<String> references) {
        Figure first = all.getFirst();
        boolean isLadder = section instanceof Section.Ladder;
        for (Figure other : all) {
            boolean isReference = isLadder ? other.subject.equals(first.subject) : isReference(other, references);
            if (isReference && other.detail.equals(detail)) {
                boolean isItself = other.subject.equals(subject);
                return new Figure(
                        section,
                        subject,
                        detail,
                        samples,
                        isItself ? Optional.empty() : Optional.of(other.samples),
                        isItself);
            }
        }
        return this;
    }

    /** Where there is a ladder, what stands beside each other is about what is at its top, the last of every section. */
    private static boolean isTop(Figure figure, List<Figure> all) {
        return figure.section instanceof Section.Curves || figure.subject.equals(all.getLast().subject);
    }

    private Figure onlyIf(boolean isJudged) {
        return new Figure(section, subject, detail, samples, yardstick, isYardstick || !isJudged);
    }

    private static boolean isReference(Figure figure, Set<String> references) {
        return figure.section instanceof Section.Bars bars
                ? bars.reference().equals(Optional.of(figure.subject))
                : references.contains(figure.subject);
    }

    private static List<Figure> raw(Section section) {
        List<Figure> figures = new ArrayList<>();
        switch (section) {
            case Section.Bars bars ->
                bars.bars().forEach(bar -> figures.add(plain(section, bar.name(), "", bar.samples())));
            case Section.Ladder ladder ->
                ladder.steps().forEach(step -> figures.add(plain(section, step.name(), "", step.total())));
            case Section.Curves curves ->
                curves.curves()
                        .forEach(curve -> curve.points()
                                .forEach(point -> figures.add(
                                        plain(section, curve.name(), point.bytes() + " bytes", point.samples()))));
            case Section.Percentiles percentiles ->
                percentiles
                        .distributions()
                        .forEach(each -> each.percentiles()
                                .forEach(percentile -> figures.add(plain(
                                        section,
                                        each.name(),
                                        Tables.percentile(percentile.percent()),
                                        percentile.samples()))));
        }
        return figures;
    }

    private static Figure plain(Section section, String subject, String detail, Samples samples) {
        return new Figure(section, subject, detail, samples, Optional.empty(), false);
    }
}
