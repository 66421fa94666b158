package dev.culvert.bench.report;

import dev.culvert.bench.result.Report;
import java.util.List;
import java.util.Locale;

/**
 * Two runs of the same benchmark.
 *
 * @param threshold 0.1 for 10 %
 * @param subjects everything of one subject taken together: what few rounds hide in each figure shows in many
 * @param drift how much slower the whole machine was, as a ratio, as far as it was taken out; 1 for not at all
 * @param allowed how much slower it may have been where that is not known, as a ratio; 1 where it is
 * @param warnings how the two runs differ in more than their figures
 * @param rounds that would have told twice the threshold from the noise; 0 when there were enough
 */
public record Comparison(
        Report before,
        double threshold,
        List<Change> figures,
        List<Change> subjects,
        double drift,
        double allowed,
        List<String> warnings,
        int rounds) {
    public boolean isWorse() {
        return count(Change.Verdict.WORSE) > 0;
    }

    long count(Change.Verdict verdict) {
        return figures.stream().filter(each -> each.verdict() == verdict).count()
                + subjects.stream().filter(each -> each.verdict() == verdict).count();
    }

    /** One line. */
    public String summary() {
        String limit = String.format(Locale.ROOT, "%.0f %%", 100 * threshold);
        if (isWorse()) {
            return "worse than %s by more than %s: %s"
                    .formatted(
                            before.began(),
                            limit,
                            String.join(
                                    "; ",
                                    java.util.stream.Stream.concat(subjects.stream(), figures.stream())
                                            .filter(each -> each.verdict() == Change.Verdict.WORSE)
                                            .limit(5)
                                            .map(each -> each.figure() + " " + Numbers.change(each.change()))
                                            .toList()));
        }
        return "nothing got worse by more than " + limit;
    }
}
