package dev.culvert.cli.toml;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each {@code broken/NAME.toml} is refused with exactly the lines of {@code broken/NAME.expected}: every fault, its place
 * and its remedy. To see what a new file says: {@code -Dculvert.writeExpected=true}, and read what was written.
 */
class BrokenConfigTest {
    private static final Path BROKEN = Path.of("src/test/resources/broken");

    @TempDir
    Path directory;

    @BeforeEach
    void makeKeyFiles() throws IOException {
        KeyFiles.writeAll(directory);
    }

    static Stream<String> names() throws IOException {
        try (Stream<Path> files = Files.list(BROKEN)) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".toml"))
                    .map(file -> file.substring(0, file.length() - ".toml".length()))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void tellsEveryFaultAtItsPlace(String name) throws IOException {
        Path file = Files.copy(BROKEN.resolve(name + ".toml"), directory.resolve(name + ".toml"));

        LoadedConfig loaded = TomlConfigLoader.load(file);

        assertThat(loaded).isInstanceOf(LoadedConfig.Broken.class);
        String told = told((LoadedConfig.Broken) loaded);
        Path expected = BROKEN.resolve(name + ".expected");
        if (Boolean.getBoolean("culvert.writeExpected") && Files.notExists(expected)) {
            Files.writeString(expected, told);
        }
        assertThat(told).isEqualTo(Files.readString(expected));
        assertThat(told).doesNotContain(KeyFiles.PRIVATE, KeyFiles.PRIVATE.substring(7));
    }

    private String told(LoadedConfig.Broken broken) {
        return Stream.concat(broken.faults().stream(), broken.warnings().stream())
                .map(problem -> problem.toString().replace(directory + "/", "") + "\n")
                .collect(Collectors.joining());
    }

    @Test
    void nobodyForgotTheExpectedLines() throws IOException {
        assertThat(names()).hasSizeGreaterThan(40).allMatch(name -> Files.exists(BROKEN.resolve(name + ".expected")));
    }
}
