package dev.culvert.bench.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OwnedProgramTest {
    @TempDir
    private Path folder;

    @Test
    void takesItsChildrenWithIt() throws IOException {
        OwnedProgram program = OwnedProgram.start("sh", "-c", "sleep 100 & echo started; wait");
        assertThat(program.process().inputReader().readLine()).isEqualTo("started");
        List<ProcessHandle> all = program.process().descendants().toList();
        assertThat(all).hasSize(1);

        program.close();

        assertThat(program.process().isAlive()).isFalse();
        assertThat(all.getFirst().onExit().orTimeout(5, TimeUnit.SECONDS)).succeedsWithin(Duration.ofSeconds(5));
    }

    @Test
    void aProgramThatIsMissingIsAFaultThatNamesIt() {
        assertThatThrownBy(() -> OwnedProgram.start("no-such-program"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no-such-program");
    }

    /** A JVM that starts one while a shutdown hook of its own is under way, as a slow clean-up is. */
    @Test
    void nothingIsStartedOnceTheJvmEnds() throws Exception {
        Process jvm = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        StartsLate.class.getName(),
                        folder.resolve("ran").toString())
                .redirectErrorStream(true)
                .start();
        assertThat(new String(jvm.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("touch is not started: everything ends\n");
        assertThat(Files.exists(folder.resolve("ran"))).isFalse();
    }

    static final class StartsLate {
        private StartsLate() {}

        public static void main(String[] arguments) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                try {
                    OwnedProgram.start("touch", arguments[0]).close();
                } catch (IOException e) {
                    System.out.println(e.getMessage());
                }
            }));
        }
    }
}
