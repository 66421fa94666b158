package dev.culvert.bench.crossing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.bench.result.Samples;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class VerdictTest {
    private static final int RUNS = 4000;

    @Test
    void aClearDifferenceIsToldInThreeRounds() {
        assertThat(Verdict.of(Samples.of(1.52, 1.57, 1.61))).isEqualTo(Verdict.DEARER);
        assertThat(Verdict.of(Samples.of(0.52, 0.57, 0.54))).isEqualTo(Verdict.CHEAPER);
    }

    @Test
    void thatAllRoundsAgreeIsNotEnough() {
        assertThat(Verdict.of(Samples.of(1.01, 1.30, 1.90))).isEqualTo(Verdict.NOT_TOLD_APART);
        assertThat(Verdict.of(Samples.of(0.80, 0.99, 0.60))).isEqualTo(Verdict.NOT_TOLD_APART);
    }

    @Test
    void aSmallDifferenceIsNotSpokenOfHoweverSteadyItIs() {
        assertThat(Verdict.of(Samples.of(1.03, 1.031, 1.032, 1.03, 1.031))).isEqualTo(Verdict.NOT_TOLD_APART);
        assertThat(Verdict.of(Samples.of(0.97, 0.971, 0.972, 0.97, 0.971))).isEqualTo(Verdict.NOT_TOLD_APART);
    }

    @Test
    void oneRoundTellsNothing() {
        assertThat(Verdict.of(Samples.of(3))).isEqualTo(Verdict.NOT_TOLD_APART);
    }

    /** Two costs that are equal: the ratios are noise, far above the least effect. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5, 9})
    void chanceAloneSeldomMakesADifference(int rounds) {
        long seed = 20_261_124;
        Random random = new Random(seed);
        long told = IntStream.range(0, RUNS)
                .filter(_ -> Verdict.of(new Samples(IntStream.range(0, rounds)
                                .mapToObj(_ -> Math.exp(0.3 * random.nextGaussian()))
                                .toList()))
                        != Verdict.NOT_TOLD_APART)
                .count();
        assertThat((double) told / RUNS)
                .as("share of false verdicts, seed " + seed)
                .isLessThan(0.06);
    }
}
