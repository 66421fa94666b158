package dev.culvert.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.cli.toml.KeyFiles;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code culvert up} as a process: its ready line, its signals, its exit codes, and what is loaded to get there. */
@Timeout(120)
class UpProcessTest {
    private static final int SIGTERM_EXIT = 128 + 15;
    private static final int SIGINT_EXIT = 128 + 2;

    @TempDir
    Path directory;

    private Path config;
    private final List<Process> started = new ArrayList<>();

    @BeforeEach
    void writeConfig() throws IOException {
        KeyFiles.write(directory.resolve("host.key"), "dwdtCnMYpX08FsFyUbJmRd9ML4frwJkqsXf7pR25LCo=", "rw-------");
        config = Files.writeString(directory.resolve("culvert0.toml"), """
                [interface]
                name = "culvert0"
                private_key_file = "host.key"
                listen = "[::]:51820"

                [[peer]]
                name = "branch"
                public_key = "3p7bfXt9wbTTW2HC7OQ1Nz+DQ8hbeGdNrfx+FG+IK08="
                """);
    }

    @AfterEach
    void endWhatIsLeft() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void downEndsItInOrder() throws Exception {
        Process up = upAndReady();

        assertThat(culvert("status", "culvert0").exitCode()).isEqualTo(ExitCodes.OK);
        CommandRun second = culvert("up", config.toString());
        assertThat(second.exitCode()).isEqualTo(ExitCodes.FAILED);
        assertThat(second.err())
                .isEqualTo("culvert: culvert0: already running (process %d); stop it first: culvert down culvert0%n"
                        .formatted(up.pid()));

        assertThat(culvert("down", "culvert0")).isEqualTo(new CommandRun(ExitCodes.OK, "", ""));
        assertThat(up.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(up.exitValue()).isEqualTo(ExitCodes.OK);
        assertThat(culvert("status", "culvert0").exitCode()).isEqualTo(ExitCodes.NOT_RUNNING);
    }

    @Test
    void sigtermEndsItInOrder() throws Exception {
        Process up = upAndReady();

        up.destroy();

        assertThat(up.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(up.exitValue()).isEqualTo(SIGTERM_EXIT);
        assertThat(directory.resolve("run/culvert0.sock")).doesNotExist();
    }

    @Test
    void sigintEndsItInOrder() throws Exception {
        Process up = upAndReady();

        assertThat(new ProcessBuilder("kill", "-INT", Long.toString(up.pid()))
                        .start()
                        .waitFor())
                .isZero();

        assertThat(up.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(up.exitValue()).isEqualTo(SIGINT_EXIT);
        assertThat(directory.resolve("run/culvert0.sock")).doesNotExist();
    }

    @Test
    void sigtermDuringTheStartTakesEverythingBack() throws Exception {
        Files.writeString(config, Files.readString(config).replace("culvert0", "slow"));
        Process up = start("up", config.toString());
        BufferedReader out = up.inputReader(StandardCharsets.UTF_8);
        assertThat(out.readLine()).isEqualTo("starting");

        assertThat(new ProcessBuilder("kill", "-TERM", Long.toString(up.pid()))
                        .start()
                        .waitFor())
                .isZero();
        up.getOutputStream().close();

        assertThat(out.readAllAsString()).contains("closed\n").doesNotContain("Exception");
        assertThat(up.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(up.exitValue()).isEqualTo(SIGTERM_EXIT);
        assertThat(directory.resolve("run/slow.sock")).doesNotExist();
    }

    @Test
    void theNextOneStartsAfterAKill() throws Exception {
        Process up = upAndReady();
        up.destroyForcibly().waitFor();
        assertThat(directory.resolve("run/culvert0.sock")).exists();

        upAndReady();

        assertThat(culvert("status", "culvert0").exitCode()).isEqualTo(ExitCodes.OK);
    }

    @Test
    void aDeviceThatCannotBeMadeIsOneSentence() throws Exception {
        Files.writeString(config, Files.readString(config).replace("culvert0", "broken"));

        Process up = start("up", config.toString());

        assertThat(read(up)).isEqualTo("culvert: broken: TUNSETIFF: EPERM: needs CAP_NET_ADMIN\n");
        assertThat(up.waitFor()).isEqualTo(ExitCodes.FAILED);
        assertThat(directory.resolve("run/broken.sock")).doesNotExist();
    }

    @Test
    void aBrokenConfigurationChangesNothing() throws Exception {
        Files.writeString(config, "[interface]\nnam = 1\n");

        Process up = start("up", config.toString());

        assertThat(read(up))
                .contains(config + ":2:1: unknown key `nam`; did you mean `name`?")
                .doesNotContain("Exception");
        assertThat(up.waitFor()).isEqualTo(ExitCodes.USAGE);
        assertThat(directory.resolve("run")).doesNotExist();
    }

    @Test
    void smallCommandsLoadNoLargeLibraries() throws Exception {
        for (String[] command : new String[][] {{"--version"}, {"genkey"}, {"genpsk"}, {"check", config.toString()}}) {
            List<String> line = commandLine("-Xlog:class+load:file=" + directory.resolve("loaded.log"));
            line.addAll(List.of(command));
            Process process = begin(line);
            read(process);
            assertThat(process.waitFor()).isZero();

            assertThat(Files.readAllLines(directory.resolve("loaded.log")))
                    .hasSizeGreaterThan(100)
                    .noneMatch(loaded -> loaded.contains("io.netty."))
                    .noneMatch(loaded -> loaded.contains("com.fasterxml."))
                    .noneMatch(loaded -> loaded.contains("org.slf4j."));
        }
    }

    private CommandRun culvert(String... args) {
        return CommandRun.of(directory.resolve("run"), "", args);
    }

    private Process upAndReady() throws IOException {
        Process up = start("up", config.toString());
        BufferedReader out = up.inputReader(StandardCharsets.UTF_8);
        assertThat(out.readLine())
                .isEqualTo("culvert0: ready, listening on [::]:51820, public key"
                        + " hSDwCYkwp1R0i33ctD73Wg2/Og0mOBr066SpjqqbTmo=");
        return up;
    }

    private Process start(String... args) throws IOException {
        List<String> line = commandLine();
        line.addAll(List.of(args));
        return begin(line);
    }

    private Process begin(List<String> line) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
        builder.environment().put("CULVERT_RUN_DIR", directory.resolve("run").toString());
        Process process = builder.start();
        started.add(process);
        return process;
    }

    private static List<String> commandLine(String... options) {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED"));
        line.addAll(List.of(options));
        line.addAll(List.of("-cp", System.getProperty("java.class.path"), ScriptedMain.class.getName()));
        return line;
    }

    private static String read(Process process) throws IOException {
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
