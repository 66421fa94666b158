package dev.culvert.bench.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.culvert.bench.result.Report;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
