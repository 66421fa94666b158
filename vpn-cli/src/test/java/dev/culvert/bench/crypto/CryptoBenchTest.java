package dev.culvert.bench.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.culvert.bench.result.Report;
import dev.culvert.crypto.CipherSuite;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CryptoBenchTest {
    private static final Duration SLICE = Duration.ofMillis(1);

    @Test
    void anEngineThatCannotBeHadIsNamedWithItsReasonAndTheRestIsMeasured() throws IOException {
        Report report = bench(List.of("abacus", "openssl"), 50).run();

        assertThat(report.warnings())
                .anySatisfy(warning -> assertThat(warning).contains("abacus", "chacha20-poly1305"));
        assertThat(report.environment().facts()).containsEntry("engines of chacha20-poly1305", "openssl");
        assertThat(report.stealPercent().rounds()).hasSize(2);
    }

    @Test
    void withoutAnyEngineItSaysWhyForEach() {
        assertThatThrownBy(() -> bench(List.of("abacus", "quill"), 50).run())
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll("abacus", "quill");
    }

    @Test
    void saysWhenItGaveUpWaitingForTheCompilers() throws IOException {
        assertThat(bench(List.of("openssl"), 1).run().warnings())
                .anySatisfy(warning -> assertThat(warning).contains("after 1 rounds of warming up"));
    }

    @Test
    void whatMeasuresEndsWithWhoAskedForIt() throws IOException, InterruptedException {
        Process orphan = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        EngineMain.class.getName(),
                        CipherSuite.CHACHA20_POLY1305.name(),
                        "bc",
                        Long.toString(Duration.ofHours(1).toNanos()),
                        "1")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            assertThat(orphan.waitFor(300, TimeUnit.MILLISECONDS))
                    .as("ended by itself")
                    .isFalse();

            orphan.getOutputStream().close();

            assertThat(orphan.waitFor(10, TimeUnit.SECONDS)).as("ended").isTrue();
            assertThat(orphan.exitValue()).isEqualTo(1);
        } finally {
            orphan.destroyForcibly();
        }
    }

    @Test
    void aLineOfFiguresIsUnderstoodAndNothingElse() {
        MeasuredLine line = new MeasuredLine(Operation.OPEN, 1420, new Cost(967.25, 0));

        assertThat(MeasuredLine.of(line.text())).contains(line);
        assertThat(MeasuredLine.of(EngineMain.UNSETTLED)).isEmpty();
        assertThat(MeasuredLine.of("WARNING: open 1420 bytes")).isEmpty();
    }

    @Test
    void countsTheGarbageOfItsOwnThread() {
        List<byte[]> kept = new ArrayList<>(1000);
        Cost cost = Cost.of(1000, packets -> {
            for (int i = 0; i < packets; i++) {
                kept.add(new byte[100]);
            }
        });

        assertThat(kept).hasSize(1000);
        assertThat(cost.garbageBytes()).isBetween(100.0, 200.0);
        assertThat(cost.nanos()).isPositive();
    }

    private static CryptoBench bench(List<String> engines, int maxWarmUpRounds) {
        return new CryptoBench(new CryptoSettings(engines, 2, SLICE, maxWarmUpRounds), "crypto", (what, done) -> {});
    }
}
