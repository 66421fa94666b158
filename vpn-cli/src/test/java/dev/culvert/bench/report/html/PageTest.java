package dev.culvert.bench.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.bench.report.HostileReports;
import dev.culvert.bench.report.ReportText;
import dev.culvert.bench.report.RunComparison;
import dev.culvert.bench.report.SampleReports;
import dev.culvert.bench.result.Report;
import dev.culvert.cli.render.Palette;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PageTest {
    private static final Pattern GEOMETRY = Pattern.compile(" (?:x|y|x1|x2|y1|y2|width|height|d|viewBox)=\"([^\"]*)\"");
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,4}(?:\\.\\d+)?");
    private static final Pattern PATH_LETTERS = Pattern.compile("[MLHhvmlaz ]+");

    private static String page(Report report) {
        return Page.of(report, Optional.of(RunComparison.of(report, report, 0.1)));
    }

    @ParameterizedTest
    @MethodSource("dev.culvert.bench.report.HostileReports#all")
    void whateverAFileClaimsIsDrawnWithinThePlot(String what, Report report) {
        String page = Assertions.assertTimeoutPreemptively(Duration.ofSeconds(20), () -> page(report));

        Matcher geometry = GEOMETRY.matcher(page);
        while (geometry.find()) {
            String numbers = geometry.group(1).replaceAll("(?<=\\d)-", " -");
            assertThat(PATH_LETTERS.splitAsStream(numbers).filter(each -> !each.isEmpty()))
                    .as(what + ": " + geometry.group())
                    .allMatch(each -> each.equals("device-width, initial-scale=1")
                            || NUMBER.matcher(each).matches());
        }
        assertThat(page).doesNotContain("Infinity", "NaN");
    }

    @Test
    void namesAreTextWhereverTheyStand() {
        String page = page(HostileReports.names());

        assertThat(page)
                .doesNotContain("<script", "<img", "onerror=\"", "\u001b", "\u009b", "\u202e", "\u2028", "\u0000")
                .contains("&lt;img src=x onerror=alert(1)&gt;");
    }

    /** An Arabic or German locale writes numbers in another way: tables and plots would not agree, paths would be none. */
    @Test
    void numbersAreTheSameEverywhere() {
        Locale own = Locale.getDefault();
        Report report = SampleReports.rich();
        String page = Page.of(report, Optional.empty());
        String text = ReportText.of(report, 100, Palette.PLAIN);
        try {
            for (String tag : new String[] {"de-DE", "ar-EG-u-nu-arab", "fa-IR"}) {
                Locale.setDefault(Locale.forLanguageTag(tag));
                assertThat(Page.of(report, Optional.empty())).as(tag).isEqualTo(page);
                assertThat(ReportText.of(report, 100, Palette.PLAIN)).as(tag).isEqualTo(text);
            }
        } finally {
            Locale.setDefault(own);
        }
    }

    @Test
    void aSectionWithoutAFigureSaysSo() {
        Report empty = HostileReports.empty();

        assertThat(page(empty)).contains("Nothing was measured.").doesNotContain("<svg", "<table");
        assertThat(ReportText.of(empty, 100, Palette.PLAIN)).contains("Nothing was measured.");
    }

    @Test
    void thereIsOneMainAndNoIdTwice() {
        String page = page(SampleReports.rich());

        assertThat(page.split("<main>", -1)).hasSize(2);
        assertThat(Pattern.compile(" id=\"([^\"]*)\"").matcher(page).results().map(each -> each.group(1)))
                .doesNotHaveDuplicates()
                .contains("_comparison", "_conditions");
    }

    @Test
    void whatGotWorseIsUnfoldedAndNothingElse() {
        Report before = SampleReports.rich();
        Report now = SampleReports.slower("read from a TAP", 1.4);

        String page = Page.of(now, Optional.of(RunComparison.of(before, now, 0.1)));

        assertThat(page).contains("<summary>A crossing, by size: <b class=\"worse\">");
        assertThat(page).contains("<details><summary>TCP, one stream");
    }
}
