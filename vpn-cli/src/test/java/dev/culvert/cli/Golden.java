package dev.culvert.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Text as people see it, kept beside the tests. {@code -Dculvert.writeExpected=true} writes what is missing. */
public final class Golden {
    private static final Path FILES = Path.of("src/test/resources/golden");

    private Golden() {}

    public static void assertSame(String name, String text) throws IOException {
        Path file = FILES.resolve(name);
        if (Boolean.getBoolean("culvert.writeExpected") && Files.notExists(file)) {
            Files.createDirectories(FILES);
            Files.writeString(file, text);
        }
        assertThat(text).isEqualTo(Files.readString(file));
    }
}
