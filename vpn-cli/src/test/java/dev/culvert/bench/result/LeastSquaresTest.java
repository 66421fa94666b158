package dev.culvert.bench.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LeastSquaresTest {
    private static final long[] SIZES = {60, 250, 1000, 4000, 16_000, 65_000};
    private static final double FIXED = 300;
    private static final double PER_BYTE = 0.1;

    @Test
    void findsTheLineThatThePointsLieOn() {
        Fit fit = LeastSquares.of(points(3, (bytes, round) -> FIXED + PER_BYTE * bytes));
        assertThat(fit.fixed().estimate()).isCloseTo(FIXED, within(1e-6));
        assertThat(fit.perByte().estimate()).isCloseTo(PER_BYTE, within(1e-9));
    }

    @Test
    void roundsThatAgreeWithEachOtherAndTheLineDoNotSayWhatTheNextRunWill() {
        Fit fit = LeastSquares.of(points(3, (bytes, round) -> FIXED + PER_BYTE * bytes));
        assertThat(halfWidth(fit.fixed()) / FIXED).isBetween(0.05, 0.15);
        assertThat(halfWidth(fit.perByte()) / PER_BYTE).isBetween(0.05, 0.15);
    }

    @Test
    void runsThatDifferByWhatAProcessDecidesOverlap() {
        long seed = 11;
        Random random = new Random(seed);
        int apart = 0;
        int trials = 1000;
        for (int trial = 0; trial < trials; trial++) {
            if (!aRunOf(random).fixed().overlaps(aRunOf(random).fixed())) {
                apart++;
            }
        }
        assertThat((double) apart / trials).as("seed " + seed).isLessThan(0.02);
    }

    /** Its points are 3 % off in all its rounds, which agree with each other to a tenth of a percent. */
    private static Fit aRunOf(Random random) {
        double[] decided = random.doubles(SIZES.length, 0.95, 1.05).toArray();
        return LeastSquares.of(points(
                3,
                (bytes, round) -> decided[Arrays.binarySearch(SIZES, (long) bytes)]
                        * (FIXED + PER_BYTE * bytes)
                        * (1 + 0.001 * random.nextGaussian())));
    }

    private static double halfWidth(Fit.Interval interval) {
        return (interval.high() - interval.low()) / 2;
    }

    @Test
    void aRoundThatIsSlowerAsAWholeWidensTheInterval() {
        double[] slower = {1, 1.1, 1, 1.1};
        Fit fit = LeastSquares.of(points(4, (bytes, round) -> slower[round] * (FIXED + PER_BYTE * bytes)));
        assertThat(fit.fixed().low()).isLessThan(FIXED);
        assertThat(fit.fixed().high()).isGreaterThan(1.1 * FIXED);
    }

    @Test
    void aBentCostWidensTheIntervalThoughEveryRoundRepeatsIt() {
        List<Section.Point> bent = points(5, (bytes, round) -> FIXED + PER_BYTE * bytes * (bytes > 4000 ? 1.5 : 1));
        Fit fit = LeastSquares.of(bent);
        assertThat(fit.perByte().low()).isLessThan(1.1 * PER_BYTE);
        assertThat(fit.perByte().high()).isGreaterThan(1.4 * PER_BYTE);
        assertThat(LeastSquares.worstResidual(fit, bent)).isBetween(0.05, 0.3);
    }

    @Test
    void holdsTheTruthNineteenTimesOfTwenty() {
        long seed = 3;
        Random random = new Random(seed);
        int held = 0;
        int trials = 1000;
        for (int trial = 0; trial < trials; trial++) {
            double[] drifts = random.doubles(5, 0.9, 1.1).toArray();
            Fit fit = LeastSquares.of(points(
                    5,
                    (bytes, round) -> (FIXED + PER_BYTE * bytes) * drifts[round] * (1 + 0.02 * random.nextGaussian())));
            if (fit.fixed().low() <= FIXED && FIXED <= fit.fixed().high()) {
                held++;
            }
        }
        assertThat((double) held / trials).as("seed " + seed).isBetween(0.92, 0.995);
    }

    @ParameterizedTest
    @CsvSource({"1, 12.706", "4, 2.776", "9, 2.262", "10, 2.228", "20, 2.086", "60, 2.000", "1000, 1.962"})
    void knowsStudentsQuantiles(int degreesOfFreedom, double expected) {
        assertThat(StudentT.quantile(degreesOfFreedom)).isCloseTo(expected, within(0.001));
    }

    @Test
    void refusesWhatHasNoLineOrNoError() {
        Section.Point small = new Section.Point(60, Samples.of(1));
        assertThatThrownBy(() -> LeastSquares.of(List.of(small, small, small)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> LeastSquares.of(List.of(small, new Section.Point(70, Samples.of(2)))))
                .isInstanceOf(IllegalArgumentException.class);
        Section.Point free = new Section.Point(70, Samples.of(0));
        assertThatThrownBy(() -> LeastSquares.of(List.of(small, free, new Section.Point(80, Samples.of(3)))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @FunctionalInterface
    private interface Cost {
        double of(double bytes, int round);
    }

    private static List<Section.Point> points(int rounds, Cost cost) {
        List<Section.Point> points = new ArrayList<>();
        for (long bytes : SIZES) {
            double[] costs = new double[rounds];
            for (int round = 0; round < rounds; round++) {
                costs[round] = cost.of((double) bytes, round);
            }
            points.add(new Section.Point(bytes, Samples.of(costs)));
        }
        return points;
    }
}
