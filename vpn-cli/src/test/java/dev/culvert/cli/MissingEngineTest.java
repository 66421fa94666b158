package dev.culvert.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.cli.toml.KeyFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the commands say on a machine without the configured engine: here, a Java that may not call native code. */
@Timeout(120)
class MissingEngineTest {
    private static final String REASON = "no engine for chacha20-poly1305: openssl skipped: "
            + "it failed with java.lang.IllegalCallerException: Illegal native access from ";

    @TempDir
    private Path directory;

    private Path config;

    @BeforeEach
    void writeConfig() throws IOException {
        KeyFiles.write(directory.resolve("host.key"), "dwdtCnMYpX08FsFyUbJmRd9ML4frwJkqsXf7pR25LCo=", "rw-------");
        config = Files.writeString(directory.resolve("culvert0.toml"), """
                [interface]
                name = "culvert0"
                private_key_file = "host.key"
                listen = "[::]:51820"

                [crypto]
                engines = ["openssl"]
                cipher = "aes-256-gcm"

                [[peer]]
                name = "branch"
                public_key = "3p7bfXt9wbTTW2HC7OQ1Nz+DQ8hbeGdNrfx+FG+IK08="
                """);
    }

    @Test
    void checkWarnsAndFindsTheFileGood() throws Exception {
        CommandRun check = culvert("check");

        assertThat(check.exitCode()).isEqualTo(ExitCodes.OK);
        assertThat(check.err()).startsWith(config + ": warning: up would fail on this machine: " + REASON);
        assertThat(check.out()).contains("good: tap culvert0");
    }

    @Test
    void upFailsWithTheSameReason() throws Exception {
        CommandRun up = culvert("up");

        assertThat(up.exitCode()).isEqualTo(ExitCodes.FAILED);
        assertThat(up.err()).contains(REASON).doesNotContain("\tat ");
    }

    private CommandRun culvert(String command) throws IOException, InterruptedException {
        Path out = directory.resolve("out");
        Path err = directory.resolve("err");
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--illegal-native-access=deny",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        command,
                        config.toString()))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        int exitCode = process.waitFor();
        return new CommandRun(
                exitCode, Files.readString(out, StandardCharsets.UTF_8), Files.readString(err, StandardCharsets.UTF_8));
    }
}
