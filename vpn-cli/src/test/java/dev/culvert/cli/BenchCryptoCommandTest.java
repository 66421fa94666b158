package dev.culvert.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.culvert.crypto.AeadEngines;
import dev.culvert.crypto.CipherSuite;
import dev.culvert.crypto.NoAeadEngineException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchCryptoCommandTest {
    @TempDir
    private Path runDirectory;

    @Test
    void measuresEveryEngineAtEverySize() throws IOException {
        CommandRun run = culvert("bench", "crypto", "--quick", "--rounds", "3", "--json");

        assertThat(run.exitCode()).isEqualTo(ExitCodes.OK);
        JsonNode report = new ObjectMapper().readTree(run.out());
        assertThat(report.get("settings").asText())
                .startsWith("crypto --engine ipsec-mb,openssl,sunjce,bc --rounds 3 --quick");
        assertSuiteIsMeasured(report, CipherSuite.CHACHA20_POLY1305, List.of("openssl", "sunjce", "bc"));
        assertSuiteIsMeasured(report, CipherSuite.AES_256_GCM, enginesOfAes());
        assertThat(report.get("warnings").toString()).doesNotContain("serve");
    }

    /** ipsec-mb is optional: without its library a warning says so, and the others are measured. */
    private static List<String> enginesOfAes() {
        try {
            return List.of(
                    AeadEngines.choose(CipherSuite.AES_256_GCM, List.of("ipsec-mb"))
                            .engine()
                            .name(),
                    "openssl",
                    "sunjce",
                    "bc");
        } catch (NoAeadEngineException absent) {
            return List.of("openssl", "sunjce", "bc");
        }
    }

    private static void assertSuiteIsMeasured(JsonNode report, CipherSuite suite, List<String> engines) {
        for (String operation : List.of("seal", "open")) {
            JsonNode curves = section(report, suite.text() + "-" + operation).get("curves");
            assertThat(curves).extracting(curve -> curve.get("name").asText()).containsExactlyElementsOf(engines);
            for (JsonNode curve : curves) {
                assertThat(curve.get("points"))
                        .extracting(point -> point.get("bytes").asInt())
                        .containsExactly(64, 256, 576, 1420, 8900);
                double[] costs = IntStream.range(0, 5)
                        .mapToDouble(i -> lowest(curve.get("points").get(i).get("samples")))
                        .toArray();
                assertThat(costs[4]).isGreaterThan(2 * costs[0]);
                assertThat(curve.get("fit").get("perByte").get("estimate").asDouble())
                        .isPositive();
            }
        }
        JsonNode speeds = section(report, suite.text() + "-seal-speed-1420").get("bars");
        assertThat(speeds).hasSize(engines.size());
        assertThat(highest(named(speeds, "openssl"))).isGreaterThan(2 * highest(named(speeds, "bc")));
        for (String operation : List.of("seal", "open")) {
            JsonNode garbage = section(report, "%s-%s-garbage".formatted(suite.text(), operation))
                    .get("bars");
            assertThat(highest(named(garbage, "openssl"))).isZero();
            assertThat(lowest(named(garbage, "sunjce"))).isGreaterThan(100);
        }
    }

    @Test
    void anUnknownEngineIsAnsweredWithTheKnownOnes() {
        CommandRun run = culvert("bench", "crypto", "--engine", "openssl,abacus");

        assertThat(run.exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(run.err())
                .contains("--engine: there is no engine 'abacus'; known are ipsec-mb, openssl, sunjce, bc");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void noRoundsIsWrongUsage() {
        CommandRun run = culvert("bench", "crypto", "--rounds", "0");

        assertThat(run.exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(run.err()).contains("--rounds: expected 1 to 1000, found 0");
    }

    private CommandRun culvert(String... args) {
        return CommandRun.of(runDirectory, "", args);
    }

    private static JsonNode section(JsonNode report, String id) {
        return StreamSupport.stream(report.get("sections").spliterator(), false)
                .filter(section -> section.get("id").asText().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode named(JsonNode bars, String name) {
        return StreamSupport.stream(bars.spliterator(), false)
                .filter(bar -> bar.get("name").asText().equals(name))
                .findFirst()
                .orElseThrow()
                .get("samples");
    }

    private static double highest(JsonNode samples) {
        return rounds(samples).max().orElseThrow();
    }

    private static double lowest(JsonNode samples) {
        return rounds(samples).min().orElseThrow();
    }

    private static DoubleStream rounds(JsonNode samples) {
        return StreamSupport.stream(samples.get("rounds").spliterator(), false).mapToDouble(JsonNode::asDouble);
    }
}
