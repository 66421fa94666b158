package dev.culvert.bench.report;

import dev.culvert.bench.result.Samples;

/**
 * A figure in two runs.
 *
 * @param change of the cost, as a ratio: 1.2 is 20 % worse, whichever way the quantity counts
 * @param visible the smallest such ratio that would have been told from the noise
 */
public record Change(
        String section, String figure, Samples before, Samples now, double change, double visible, Verdict verdict) {
    /** What is to be thought of a change. */
    public enum Verdict {
        WORSE("worse"),
        BETTER("better"),
        SAME("same"),
        /** Twice the threshold could hide in the noise. */
        TOO_FEW_ROUNDS("too noisy to judge"),
        /** What others are measured against moves with the machine. */
        YARDSTICK("yardstick");

        private final String words;

        Verdict(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }
}
