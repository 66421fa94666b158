package dev.culvert.bench.report;

import dev.culvert.bench.result.Report;
import dev.culvert.bench.result.Section;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What no benchmark writes: figures are found by these names in another run, links by these ids, and files are called by them. */
final class ResultFaults {
    private static final Pattern BENCHMARK = Pattern.compile("[a-z]+");
    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]*");

    /** Beyond it, dates are no longer written in the same way. */
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    private ResultFaults() {}

    /** In words, after a colon; none in a sound result. */
    static Optional<String> in(Report report) {
        if (!BENCHMARK.matcher(report.benchmark()).matches()) {
            return Optional.of("no benchmark is called '%s'".formatted(report.benchmark()));
        }
        if (report.began().isBefore(Instant.EPOCH) || report.began().isAfter(LAST)) {
            return Optional.of("no run began at " + report.began());
        }
        Set<String> ids = new HashSet<>();
        for (Section section : report.sections()) {
            if (!ID.matcher(section.id()).matches()) {
                return Optional.of("no section has the id '%s'".formatted(section.id()));
            }
            if (!ids.add(section.id())) {
                return Optional.of("two sections have the id '%s'".formatted(section.id()));
            }
            Set<String> subjects = new HashSet<>();
            for (String subject : subjects(section)) {
                if (!subjects.add(subject)) {
                    return Optional.of("section %s has two called '%s'".formatted(section.id(), subject));
                }
            }
        }
        return Optional.empty();
    }

    private static List<String> subjects(Section section) {
        return switch (section) {
            case Section.Bars bars ->
                bars.bars().stream().map(Section.Bar::name).toList();
            case Section.Ladder ladder ->
                ladder.steps().stream().map(Section.Step::name).toList();
            case Section.Curves curves ->
                curves.curves().stream().map(Section.Curve::name).toList();
            case Section.Percentiles percentiles ->
                percentiles.distributions().stream()
                        .map(Section.Distribution::name)
                        .toList();
        };
    }
}
