package dev.culvert.offload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every input that {@code scripts/fuzz} ever found worth keeping. */
class OffloadCorpusTest {
    private static final Path CORPUS = Path.of("src", "test", "resources", "fuzz", "offload");

    @Test
    void splitting() throws IOException {
        tryAll("split", FuzzTargets::split);
    }

    @Test
    void coalescing() throws IOException {
        tryAll("coalesce", FuzzTargets::coalesce);
    }

    @Test
    void reassembling() throws IOException {
        tryAll("reassemble", FuzzTargets::reassemble);
    }

    private static void tryAll(String directory, Consumer<byte[]> target) throws IOException {
        List<Path> inputs;
        try (Stream<Path> files = Files.list(CORPUS.resolve(directory))) {
            inputs = files.sorted().toList();
        }
        assertThat(inputs).hasSizeGreaterThan(20);
        for (Path input : inputs) {
            byte[] bytes = Files.readAllBytes(input);
            try {
                target.accept(bytes);
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError(input.toString(), e);
            }
        }
    }
}
