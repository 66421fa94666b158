package dev.culvert.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.bench.result.Report;
import dev.culvert.bench.result.Samples;
import dev.culvert.cli.Golden;
import dev.culvert.cli.render.Palette;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ReportTextTest {
    @Test
    void aResultReadsWellOnATerminal() throws IOException {
        Golden.assertSame("bench-rich.txt", ReportText.of(SampleReports.rich(), 100, Palette.PLAIN));
    }

    @Test
    void namesCannotReachTheTerminal() {
        assertThat(ReportText.of(SampleReports.rich(), 100, Palette.PLAIN)).doesNotContain("\u001b");
    }

    @ParameterizedTest
    @MethodSource("dev.culvert.bench.report.HostileReports#all")
    void whateverAFileClaimsIsOnlyText(String what, Report report) {
        String text = ReportText.of(report, 80, Palette.PLAIN)
                + ComparisonText.of(RunComparison.of(report, report, 0.1), 80, Palette.PLAIN);

        assertThat(text.codePoints().filter(each -> each != '\n')).as(what).allMatch(PlainText::isShown);
    }

    @Test
    void noLetterIsCutInHalf() {
        String rockets = "\uD83D\uDE80".repeat(40);
        StringBuilder text = new StringBuilder();
        new TextTable(
                        new Table(List.of(Table.text("name"), Table.number("n")), List.of(List.of(rockets, "1"))),
                        39,
                        Palette.PLAIN)
                .appendTo(text);

        assertThat(text.codePoints()).noneMatch(each -> Character.getType(each) == Character.SURROGATE);
    }

    @ParameterizedTest
    @CsvSource({
        "0.4271, 43 %",
        "0.0504, 5.0 %",
        "0.00346, 0.35 %",
        "0.0995, 10 %",
        "9.94, 994 %",
        "9.96, 9.96 x",
        "-0.0483, -4.8 %",
        "0, 0 %",
        "NaN, none",
        "Infinity, none"
    })
    void aShareHasTwoDigitsThatCount(double ratio, String shown) {
        assertThat(Numbers.ratio(ratio)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({"1.2, +20.0 %", "0.99999, +0.0 %", "0.9, -10.0 %", "NaN, none", "Infinity, none", "25, '+2,400.0 %'"})
    void aChangeHasASignOfItsOwn(double ratio, String shown) {
        assertThat(Numbers.change(ratio)).isEqualTo(shown);
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
