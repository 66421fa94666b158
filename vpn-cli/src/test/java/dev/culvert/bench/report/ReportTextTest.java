package dev.culvert.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.bench.result.Samples;
import dev.culvert.cli.Golden;
import dev.culvert.cli.render.Palette;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportTextTest {
    @Test
    void aResultReadsWellOnATerminal() throws IOException {
        Golden.assertSame("bench-rich.txt", ReportText.of(SampleReports.rich(), 100, Palette.PLAIN));
    }

    @Test
    void namesCannotReachTheTerminal() {
        assertThat(ReportText.of(SampleReports.rich(), 100, Palette.PLAIN)).doesNotContain("\u001b");
    }

    @Test
    void aNarrowTerminalCostsNamesNotNumbers() {
        String text = ReportText.of(SampleReports.rich(), 72, Palette.PLAIN);

        assertThat(text.lines()).allMatch(line -> line.length() <= 72);
        assertThat(text).contains("1.23e+10");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "9.994, 9.99",
        "9.996, 10.0",
        "99.96, 100",
        "0.04613, 0.0461",
        "0.5512, 0.551",
        "1234567, '1,234,567'",
        "0.00004, 4.00e-05",
        "-0.21, -0.210",
        "NaN, none",
        "1e12, 1.00e+12"
    })
    void threeDigitsCount(double value, String shown) {
        assertThat(Numbers.figure(value)).isEqualTo(shown);
    }

    @Test
    void noiseLargerThanTheDifferenceIsToldByThePairsOfRounds() {
        Samples drifting = Samples.of(1, 2, 3, 4);

        assertThat(Ratio.of(Samples.of(1.1, 2.2, 3.3, 4.4), drifting)
                        .orElseThrow()
                        .isNoise())
                .as("the spreads overlap, but every round agrees")
                .isFalse();
        assertThat(Ratio.of(Samples.of(1.1, 2.2, 3.3, 3.9), drifting)
                        .orElseThrow()
                        .isNoise())
                .isTrue();
        assertThat(Ratio.of(Samples.of(1.1, 2.2), Samples.of(1, 2))
                        .orElseThrow()
                        .isNoise())
                .as("two rounds are too few")
                .isTrue();
        assertThat(Ratio.of(Samples.of(1.1, 1.2, 1.3), Samples.of(1, 1))
                        .orElseThrow()
                        .isNoise())
                .isFalse();
        assertThat(Ratio.of(Samples.of(1), Samples.of(0))).isEmpty();
    }

    @Test
    void oneOddRoundOfManyDoesNotDecide() {
        List<Double> ratios = List.of(1.1, 1.2, 1.1, 1.15, 0.7, 1.2, 1.1, 1.3, 1.2);

        assertThat(MedianInterval.of(ratios).contains(1)).isFalse();
        assertThat(MedianInterval.of(ratios.subList(0, 8)).contains(1))
                .as("8 rounds: 93 %")
                .isTrue();
    }
}
