package dev.culvert.it.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.culvert.bench.report.RunComparison;
import dev.culvert.bench.report.SavedReport;
import dev.culvert.bench.report.html.Page;
import dev.culvert.bench.result.Report;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page of a result with everything in it, in Chromium. */
class BenchPageIT {
    private static final Path RESULT = Path.of("../vpn-cli/src/test/resources/golden/bench-rich.json");

    @TempDir
    private static Path folder;

    private static Optional<Browser> started = Optional.empty();

    @BeforeAll
    static void open() throws IOException, InterruptedException {
        Assumptions.assumeTrue(
                Boolean.getBoolean("culvert.requireRoot") || Files.isExecutable(Path.of("/usr/bin/chromium")),
                "needs chromium");
        Report report = SavedReport.read(RESULT);
        Files.writeString(
                folder.resolve("page.html"), Page.of(report, Optional.of(RunComparison.of(report, report, 0.1))));
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

    private static Browser opened(int width, String colours) throws IOException, InterruptedException {
        Browser browser = started.orElseThrow();
        browser.command(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", 800, "deviceScaleFactor", 1, "mobile", width < 500));
        browser.command(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", colours))));
        browser.open(folder.resolve("page.html").toUri());
        return browser;
    }

    @ParameterizedTest
    @CsvSource({"360, light", "360, dark", "1280, light", "1280, dark"})
    void thePageIsWholeQuietAndFits(int width, String colours) throws IOException, InterruptedException {
        Browser browser = opened(width, colours);

        assertThat(browser.evaluated("document.documentElement.scrollWidth").asInt())
                .isLessThanOrEqualTo(width);
        JsonNode plots = browser.evaluated(
                "[...document.querySelectorAll('svg.plot')].map(p => [p.getBoundingClientRect().width, p.getBoundingClientRect().height])");
        assertThat(plots).hasSize(8).allSatisfy(size -> {
            assertThat(size.get(0).asDouble()).isGreaterThan(250);
            assertThat(size.get(1).asDouble()).isGreaterThan(50);
        });
        assertThat(browser.events("Runtime.exceptionThrown")).isEmpty();
        assertThat(browser.events("Runtime.consoleAPICalled")).isEmpty();
        assertThat(browser.events("Log.entryAdded")).isEmpty();
        assertThat(browser.events("Network.requestWillBeSent"))
                .extracting(
                        each -> each.path("params").path("request").path("url").asText())
                .filteredOn(url -> !url.startsWith("data:"))
                .containsExactly(folder.resolve("page.html").toUri().toString());
    }

    @Test
    void coloursAreTheReaders() throws IOException, InterruptedException {
        String paper = "getComputedStyle(document.body).backgroundColor";

        assertThat(opened(1280, "light").evaluated(paper).asText()).isEqualTo("rgb(255, 255, 255)");
        assertThat(opened(1280, "dark").evaluated(paper).asText()).isEqualTo("rgb(20, 23, 27)");
    }

    @Test
    void everyNumberInAPlotIsInItsTable() throws IOException, InterruptedException {
        JsonNode missing = opened(1280, "light").evaluated("""
                [...document.querySelectorAll('section:has(svg.plot)')].flatMap(section => {
                  const cells = new Set([...section.querySelectorAll('td')].map(cell => cell.textContent));
                  const drawn = [...section.querySelectorAll('svg .v')].flatMap(v => v.textContent.split(/ [·→] /))
                    .concat([...section.querySelectorAll('svg .point title')].map(t => t.textContent.split(': ').pop()));
                  if (drawn.length == 0) return ['nothing drawn in ' + section.id];
                  return drawn.filter(number => !cells.has(number)).map(number => section.id + ': ' + number);
                })""");

        assertThat(missing).isEmpty();
    }

    @Test
    void everyPlotIsToldInWordsAndNamesAreOnlyText() throws IOException, InterruptedException {
        Browser browser = opened(1280, "light");

        assertThat(browser.evaluated(
                                "[...document.querySelectorAll('svg.plot')].filter(p => !p.querySelector(':scope > title')?.textContent || !p.querySelector(':scope > desc')?.textContent).length")
                        .asInt())
                .isZero();
        assertThat(browser.evaluated("document.querySelectorAll('script').length")
                        .asInt())
                .isZero();
        assertThat(browser.evaluated("document.body.textContent.includes('<script>alert(1)</script>')")
                        .asBoolean())
                .isTrue();
    }
}
