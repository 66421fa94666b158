package dev.culvert.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.culvert.cli.toml.KeyFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The files in {@code conf/}, with keys made for what they name. */
class ExampleConfigTest {
    private static final Path CONF = Path.of("../conf");
    private static final Pattern KEY_FILE = Pattern.compile("(?m)^(private|preshared)_key_file = \"(.+?)\"");

    @TempDir
    Path directory;

    static List<Path> examples() throws IOException {
        try (Stream<Path> files = Files.list(CONF)) {
            return files.filter(file -> file.toString().endsWith(".toml"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyExampleChecks(Path example) throws IOException {
        String text = Files.readString(example);
        Path copy = Files.writeString(directory.resolve(example.getFileName()), text);
        for (String name :
                KEY_FILE.matcher(text).results().map(each -> each.group(2)).toList()) {
            String key = CommandRun.of(directory, "", "genkey").out();
            KeyFiles.write(directory.resolve(name), key, "rw-------");
        }

        CommandRun run = CommandRun.of(directory, "", "check", copy.toString());

        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isEqualTo(ExitCodes.OK);
    }

    @Test
    void theExamplesAreAllThere() throws IOException {
        assertThat(examples()).hasSize(7);
    }

    @Test
    void theUnitFileIsSound() throws Exception {
        Path analyze = Path.of("/usr/bin/systemd-analyze");
        assumeTrue(Files.isExecutable(analyze), "no systemd-analyze here");

        Process verify = new ProcessBuilder(
                        analyze.toString(),
                        "verify",
                        "--man=no",
                        Path.of("../systemd/culvert@.service").toRealPath().toString())
                .redirectErrorStream(true)
                .start();

        assertThat(new String(verify.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEmpty();
        assertThat(verify.waitFor()).isZero();
    }
}
