package dev.culvert.it.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.culvert.bench.report.RunComparison;
import dev.culvert.bench.report.SavedReport;
import dev.culvert.bench.report.html.Page;
import dev.culvert.bench.result.Report;
import dev.culvert.bench.result.Section;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The page of a real result of each benchmark, and of a made-up one with everything that is hard to show, in Chromium. */
@ParameterizedClass
@MethodSource("results")
class BenchPageIT {
    private static final int PHONE = 360;
    private static final int DESK = 1280;
    /** As many pixels of a screen as an x is legible from. */
    private static final double LEAST_LETTER = 10.5;

    @TempDir
    private static Path folder;

    private static Optional<Browser> started = Optional.empty();

    private final Path page;
    private final Report report;

    BenchPageIT(Path result, boolean isCompared) throws IOException {
        report = SavedReport.read(result);
        page = folder.resolve("page.html");
        Files.writeString(
                page,
                Page.of(report, isCompared ? Optional.of(RunComparison.of(report, report, 0.1)) : Optional.empty()));
    }

    static List<Object[]> results() {
        Path ours = Path.of("src/test/resources/bench");
        return List.of(
                new Object[] {Path.of("../docs/runs/crossing.json"), false},
                new Object[] {ours.resolve("loopback.json"), false},
                new Object[] {ours.resolve("loopback.json"), true},
                new Object[] {ours.resolve("crypto.json"), false},
                new Object[] {ours.resolve("live.json"), false},
                new Object[] {ours.resolve("peers.json"), false},
                new Object[] {Path.of("../vpn-cli/src/test/resources/golden/bench-rich.json"), true});
    }

    @BeforeAll
    static void open() throws IOException, InterruptedException {
        Assumptions.assumeTrue(
                Boolean.getBoolean("culvert.requireRoot") || Files.isExecutable(Path.of("/usr/bin/chromium")),
                "needs chromium");
        Browser browser = new Browser(Files.createDirectory(folder.resolve("profile")));
        started = Optional.of(browser);
        for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
            browser.command(domain + ".enable", Map.of());
        }
    }

    @AfterAll
    static void close() {
        started.ifPresent(Browser::close);
    }

    private Browser opened(int width, String colours, String medium) throws IOException, InterruptedException {
        Browser browser = started.orElseThrow();
        browser.command(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", 800, "deviceScaleFactor", 1, "mobile", width < 500));
        browser.command(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "media",
                        medium,
                        "features",
                        List.of(Map.of("name", "prefers-color-scheme", "value", colours))));
        browser.open(page.toUri());
        browser.evaluated(PageScript.READ);
        return browser;
    }

    private Browser onDesk() throws IOException, InterruptedException {
        return opened(DESK, "light", "screen");
    }

    @ParameterizedTest
    @CsvSource({PHONE + ", light", PHONE + ", dark", DESK + ", light", DESK + ", dark"})
    void isWholeQuietAndLegible(int width, String colours) throws IOException, InterruptedException {
        Browser browser = opened(width, colours, "screen");

        assertThat(browser.evaluated("document.documentElement.scrollWidth").asInt())
                .as("nothing sticks out")
                .isLessThanOrEqualTo(width);
        JsonNode plots = browser.evaluated(
                "[...document.querySelectorAll('svg.plot')].map(p => [p.getBoundingClientRect().width, p.getBoundingClientRect().height])");
        assertThat(plots)
                .hasSize(report.sections().size())
                .allSatisfy(size -> {
                    assertThat(size.get(0).asDouble()).isBetween(300.0, 560.0);
                    assertThat(size.get(1).asDouble()).isGreaterThan(50);
                });
        assertThat(browser.evaluated("strayOrCovered()")).as("words beside the plot, or on others").isEmpty();
        assertThat(browser.evaluated("smallestLetter()").asDouble()).isGreaterThanOrEqualTo(LEAST_LETTER);
        assertThat(browser.evaluated("faint()")).as("hard to tell from what is behind").isEmpty();
        assertThat(browser.evaluated("getComputedStyle(document.body).backgroundColor").asText())
                .as("the reader's colours")
                .isEqualTo(colours.equals("light") ? "rgb(255, 255, 255)" : "rgb(20, 23, 27)");
        assertThat(browser.events("Runtime.exceptionThrown")).isEmpty();
        assertThat(browser.events("Runtime.consoleAPICalled")).isEmpty();
        assertThat(browser.events("Log.entryAdded")).isEmpty();
        assertThat(browser.events("Network.requestWillBeSent"))
                .extracting(
                        each -> each.path("params").path("request").path("url").asText())
                .filteredOn(url -> !url.startsWith("data:"))
                .containsExactly(page.toUri().toString());
    }

    @Test
    void everyNumberInAPlotIsInItsTableBesideItsName() throws IOException, InterruptedException {
        Browser browser = onDesk();

        assertThat(browser.evaluated("missing()")).isEmpty();
        assertThat(browser.evaluated("document.querySelectorAll('svg .v, svg .point title').length").asInt())
                .as("numbers of all plots")
                .isEqualTo(figures());
    }

    private int figures() {
        return report.sections().stream()
                .mapToInt(section -> switch (section) {
                    case Section.Bars bars -> bars.bars().size();
                    case Section.Ladder ladder -> ladder.steps().size();
                    case Section.Curves curves -> curves.curves().stream()
                            .mapToInt(each -> each.points().size())
                            .sum();
                    case Section.Percentiles percentiles -> percentiles.distributions().stream()
                            .mapToInt(each -> each.percentiles().size())
                            .sum();
                })
                .sum();
    }

    @Test
    void barsAndPointsAreWhereTheirNumbersSay() throws IOException, InterruptedException {
        assertThat(onDesk().evaluated("misplaced()")).isEmpty();
    }

    @Test
    void everyPlotIsToldInWordsAndNamesAreOnlyText() throws IOException, InterruptedException {
        Browser browser = onDesk();

        assertThat(browser.evaluated("untold()")).isEmpty();
        assertThat(browser.evaluated("document.querySelectorAll('script, img, iframe, object, [onerror]').length")
                        .asInt())
                .isZero();
        assertThat(browser.evaluated("document.body.textContent.includes('<script>alert(1)</script>')")
                        .asBoolean())
                .isEqualTo(SavedReport.json(report).contains("<script>alert(1)</script>"));
    }

    @Test
    void everyLinkLeadsSomewhereAndEveryIdIsThereOnce() throws IOException, InterruptedException {
        assertThat(onDesk().evaluated("broken()")).isEmpty();
    }

    /** Whoever has no mouse reaches links, what can be unfolded, and tables that can be scrolled. */
    @Test
    void allIsReachedByTheKeyboard() throws IOException, InterruptedException {
        Browser browser = opened(PHONE, "light", "screen");
        browser.evaluated("document.querySelectorAll('details').forEach(each => each.open = true)");

        assertThat(browser.evaluated("unreachable()")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"light", "dark"})
    void onPaperNothingIsFoldedAndAllIsDarkOnWhite(String colours) throws IOException, InterruptedException {
        Browser browser = opened(700, colours, "print");

        assertThat(browser.evaluated("getComputedStyle(document.body).backgroundColor").asText())
                .isEqualTo("rgb(255, 255, 255)");
        assertThat(browser.evaluated("folded()")).as("tables that nobody sees").isEmpty();
        assertThat(browser.evaluated("faint()")).isEmpty();
    }
}
