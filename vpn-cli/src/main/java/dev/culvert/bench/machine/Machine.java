package dev.culvert.bench.machine;

import dev.culvert.bench.result.Environment;
import dev.culvert.cli.CulvertVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/** What this machine is. */
public final class Machine {
    private static final String MODEL = "model name"; // on x86; elsewhere the architecture has to do

    private Machine() {}

    /** @param facts as {@link Environment#facts} */
    public static Environment environment(Map<String, String> facts) throws IOException {
        return new Environment(
                CulvertVersion.number(),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                processor(),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("java.vendor.version", System.getProperty("java.vendor")) + ", " + Runtime.version(),
                facts);
    }

    private static String processor() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith(MODEL))
                    .findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .orElse(System.getProperty("os.arch"));
        }
    }
}
