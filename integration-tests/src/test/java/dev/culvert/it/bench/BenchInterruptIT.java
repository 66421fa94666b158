package dev.culvert.it.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.testkit.RequiresRoot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C at any moment of {@code culvert bench loopback} or {@code crossing} leaves the machine as it was. */
@RequiresRoot
final class BenchInterruptIT {
    /** From the JVM's first instructions to the middle of a round. */
    private static final int LONGEST_MILLIS = 9000;

    private static final int LONGEST_CROSSING_MILLIS = 12_000; // its first round begins later

    private static final int EARLIEST_MILLIS = 50; // before, there may be no process group to interrupt

    private static final Duration GOES_WITHIN = Duration.ofSeconds(20);
    private static final String MARK = "CULVERT_IT_MARK";

    private final String mark = UUID.randomUUID().toString();

    @TempDir
    private Path temporary;

    @RepeatedTest(10)
    void leavesTheMachineAsItWas(RepetitionInfo repetition) throws Exception {
        interrupt("loopback", moment(repetition, LONGEST_MILLIS));
    }

    @RepeatedTest(3)
    void crossingLeavesTheMachineAsItWas(RepetitionInfo repetition) throws Exception {
        interrupt("crossing", moment(repetition, LONGEST_CROSSING_MILLIS));
    }

    /** At random, but each repetition has a part of the time of its own: the set-up and the measuring are always met. */
    private static int moment(RepetitionInfo repetition, int longestMillis) {
        long seed = System.nanoTime();
        int partMillis = longestMillis / repetition.getTotalRepetitions();
        int millis = EARLIEST_MILLIS
                + (repetition.getCurrentRepetition() - 1) * partMillis
                + new Random(seed).nextInt(partMillis);
        System.out.printf("interrupting after %d ms (seed %d)%n", millis, seed);
        return millis;
    }

    private void interrupt(String benchmark, int millis) throws Exception {
        Path log = temporary.resolve("log");
        Path files = Files.createDirectory(temporary.resolve("tmp"));
        Set<String> linksBefore = names(Path.of("/sys/class/net"));

        Process bench = start(benchmark, log, files);
        boolean ended = bench.waitFor(millis, TimeUnit.MILLISECONDS);
        assertThat(ended).as("it ended by itself: " + Files.readString(log)).isFalse();
        // As a terminal does: to everything that it started as well.
        run("kill", "-INT", "--", "-" + bench.pid());

        assertThat(bench.waitFor(GOES_WITHIN.toMillis(), TimeUnit.MILLISECONDS))
                .as("it did not end: " + Files.readString(log))
                .isTrue();
        String owned = "culvert-lab-" + bench.pid() + "-";
        assertThat(names(Path.of("/run/netns"))).as("namespaces").noneMatch(name -> name.startsWith(owned));
        assertThat(names(Path.of("/run/culvert"))).as("folders").noneMatch(name -> name.startsWith(owned));
        assertThat(marked()).as("processes").isEmpty();
        assertThat(names(Path.of("/sys/class/net"))).as("links").isEqualTo(linksBefore);
        assertThat(names(files)).as("temporary files").isEmpty();
        assertThat(Files.readString(log))
                .as("what it said")
                .doesNotContain("defect of Culvert")
                .doesNotContain("could not be removed");
    }

    private Process start(String benchmark, Path log, Path files) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "setsid",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.culvert.cli.Main",
                "bench",
                benchmark,
                "--quick"));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put(MARK, mark);
        builder.environment().put("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + files);
        return builder.start();
    }

    /** Everything that was started by it, at whatever remove. */
    private List<String> marked() throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            for (Path process : processes.toList()) {
                if (read(process.resolve("environ")).contains(MARK + "=" + mark)) {
                    found.add(process.getFileName() + " "
                            + read(process.resolve("cmdline")).replace('\0', ' '));
                }
            }
        }
        return found;
    }

    /** Nothing when there is none, or no more. */
    private static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (IOException _) {
            return "";
        }
    }

    private static Set<String> names(Path folder) throws IOException {
        if (Files.notExists(folder)) {
            return Set.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> String.valueOf(entry.getFileName()))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static void run(String... command) throws Exception {
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }
}
