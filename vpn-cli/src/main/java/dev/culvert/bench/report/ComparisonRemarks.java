package dev.culvert.bench.report;

import java.util.ArrayList;
import java.util.List;

/** How a comparison is to be read, in sentences. */
public final class ComparisonRemarks {
    private ComparisonRemarks() {}

    public static List<String> of(Comparison comparison) {
        List<String> remarks = new ArrayList<>();
        remarks.add("Cost: +20 % is worse by a fifth, whichever way the figure counts; by the ratio to the reference"
                + " where there is one. Worse and better are past the threshold and past the noise.");
        if (Math.abs(comparison.drift() - 1) > 0.01) {
            remarks.add("Without a reference, figures were " + Numbers.change(comparison.drift())
                    + " in the median. That may be the machine or all of them, and was taken out of each.");
        }
        if (comparison.allowed() > 1) {
            remarks.add("Too little without a reference was measured to know what the machine has to do with it: there "
                    + Numbers.change(comparison.allowed()) + " more than the threshold are allowed.");
        }
        long unjudged = comparison.count(Change.Verdict.TOO_FEW_ROUNDS);
        if (unjudged > 0) {
            remarks.add("%d too noisy to judge: %s of change could hide there.%s"
                    .formatted(
                            unjudged,
                            Numbers.ratio(2 * comparison.threshold()),
                            comparison.rounds() > 0 ? " --rounds " + comparison.rounds() + " would mend most." : ""));
        }
        return remarks;
    }
}
