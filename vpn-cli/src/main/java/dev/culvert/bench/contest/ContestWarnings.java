package dev.culvert.bench.contest;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a reader must know of any contest before believing its figures. */
public final class ContestWarnings {
    /** Of all processors' time. */
    private static final double NOTICEABLE_PERCENT = 5;

    private ContestWarnings() {}

    /** The list may be added to. */
    public static List<String> of(ContestResult result) {
        List<String> warnings = new ArrayList<>();
        double steal = result.stealPercent().highest();
        if (steal > NOTICEABLE_PERCENT) {
            warnings.add(String.format(
                    Locale.ROOT,
                    "The hypervisor took up to %.1f %% of the processors' time in a round: repeat it when the machine is"
                            + " quieter, or with more rounds.",
                    steal));
        }
        double foreign = result.foreignPercent().highest();
        if (foreign > NOTICEABLE_PERCENT) {
            warnings.add(String.format(
                    Locale.ROOT,
                    "Other programs took up to %.0f %% of the processors' time in a round: repeat it when nothing else runs.",
                    foreign));
        }
        for (Workload workload : result.workloads()) {
            result.subjects().forEach(subject -> addStarved(warnings, result, subject, workload));
        }
        return warnings;
    }

    private static void addStarved(List<String> warnings, ContestResult result, String subject, Workload workload) {
        List<Measurement> rounds = result.of(subject, workload);
        long starved = rounds.stream().filter(each -> each.attempts() > 1).count();
        if (starved > 0) {
            warnings.add(
                    "%s: at first nothing came through %s, in %d of %d rounds; the figures are of when something did."
                            .formatted(workload.title(), subject, starved, rounds.size()));
        }
    }
}
