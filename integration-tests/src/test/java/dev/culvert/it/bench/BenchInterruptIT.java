package dev.culvert.it.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.testkit.RequiresRoot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Ctrl-C at any moment of {@code culvert bench loopback} or {@code crossing} leaves the machine as it was. */
@RequiresRoot
final class BenchInterruptIT {
    private static final String LOOPBACK = "loopback --quick --rounds 1 --seconds 0.1 --perf";
    private static final String CROSSING = "crossing --quick";

    /** A part of the run, each with dangers of its own. */
    enum Part {
        /** Namespaces and programs are being made. */
        START(LOOPBACK, "", 6000),
        /** All is up and carries. */
        WARM_UP(LOOPBACK, "warm-up: ", 8000),
        /** And perf comes and goes. */
        COUNTED(LOOPBACK, "round 1 of 1: ", 6000),
        /** A namespace with devices, rings and threads of this process. */
        CROSSING_START(CROSSING, "", 4000),
        CROSSING_COUNTED(CROSSING, "round 1 of ", 6000);

        private final String benchmark;
        /** What it says when this begins. */
        private final String said;
        /** Within this part, on the fastest machine. */
        private final int longestMillis;

        Part(String benchmark, String said, int longestMillis) {
            this.benchmark = benchmark;
            this.said = said;
            this.longestMillis = longestMillis;
        }
    }

    private static final Duration BEGINS_WITHIN = Duration.ofMinutes(2);
    private static final int POLL_MILLIS = 20;
    private static final Duration GOES_WITHIN = Duration.ofSeconds(20);
    private static final String MARK = "CULVERT_IT_MARK";

    private final String mark = UUID.randomUUID().toString();

    @TempDir
    private Path temporary;

    /** Ten moments of loopback, three of crossing. */
    static Stream<Part> parts() {
        return Stream.of(
                        Collections.nCopies(5, Part.START),
                        Collections.nCopies(2, Part.WARM_UP),
                        Collections.nCopies(3, Part.COUNTED),
                        Collections.nCopies(1, Part.CROSSING_START),
                        Collections.nCopies(2, Part.CROSSING_COUNTED))
                .flatMap(List::stream);
    }

    @ParameterizedTest
    @MethodSource("parts")
    void leavesTheMachineAsItWas(Part part) throws Exception {
        long seed = System.nanoTime();
        int millis = new Random(seed).nextInt(part.longestMillis);
        System.out.printf("interrupting %d ms after %s (seed %d)%n", millis, part, seed);
        Path log = temporary.resolve("log");
        Path files = Files.createDirectory(temporary.resolve("tmp"));
        Set<String> linksBefore = names(Path.of("/sys/class/net"));

        Process bench = start(part, log, files);
        awaitPart(bench, log, part);
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

    private static void awaitPart(Process bench, Path log, Part part) throws Exception {
        long deadlineNanos = System.nanoTime() + BEGINS_WITHIN.toNanos();
        while (!Files.readString(log).contains(part.said)) {
            boolean ended = bench.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS);
            assertThat(ended || System.nanoTime() - deadlineNanos >= 0)
                    .as("it never came to %s: %s", part, Files.readString(log))
                    .isFalse();
        }
    }

    private Process start(Part part, Path log, Path files) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "setsid",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.culvert.cli.Main",
                "bench"));
        command.addAll(List.of(part.benchmark.split(" ", -1)));
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
