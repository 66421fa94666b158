package dev.culvert.it.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** {@code src/test/c/crossing.c}: the bare system call and the copy, measured in C; compiled here, run once a round. */
final class CrossingProgram {
    private static final Path SOURCE = Path.of("src/test/c/crossing.c");
    private static final int MILLIS_EACH = 40;
    private static final int LIMIT_SECONDS = 60;

    private final List<String> command = new ArrayList<>();
    private final Map<String, List<Double>> nanos = new TreeMap<>();

    CrossingProgram(Path folder, int... sizes) throws IOException, InterruptedException {
        Path program = folder.resolve("crossing");
        run(List.of("gcc", "-O2", "-Wall", "-Werror", "-o", program.toString(), SOURCE.toString()));
        command.add(program.toString());
        command.add(Integer.toString(MILLIS_EACH));
        for (int size : sizes) {
            command.add(Integer.toString(size));
        }
    }

    void measure() throws IOException, InterruptedException {
        for (String line : run(command).lines().toList()) {
            String[] fields = line.split(" ", -1); // "copy 1514 16.13"
            nanos.computeIfAbsent(fields[0] + " " + fields[1], _ -> new ArrayList<>())
                    .add(Double.valueOf(fields[2]));
        }
    }

    /** Of the round that was disturbed least. */
    double systemCall() {
        return lowest("call 0");
    }

    double copy(int bytes) {
        return lowest("copy " + bytes);
    }

    private double lowest(String what) {
        return nanos.getOrDefault(what, List.of()).stream()
                .mapToDouble(Double::doubleValue)
                .min()
                .orElseThrow();
    }

    private static String run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IOException(String.join(" ", command) + ": " + output);
        }
        return output;
    }
}
