package dev.culvert.crypto;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** What the processor can do, in the kernel's words: {@code vaes}, {@code avx512f}. */
final class CpuFlags {
    private static final Path CPUINFO = Path.of("/proc/cpuinfo");
    /** How the line begins on x86 and on ARM. */
    private static final List<String> KEYS = List.of("flags", "Features");

    private CpuFlags() {}

    /** Empty when the kernel does not tell: then no engine relies on any of them. */
    static Set<String> ofThisMachine() {
        try {
            return parse(Files.readAllLines(CPUINFO, StandardCharsets.ISO_8859_1));
        } catch (IOException _) {
            return Set.of();
        }
    }

    /** The flags of the first processor: the kernel only runs where all have the same. */
    static Set<String> parse(List<String> cpuinfo) {
        for (String line : cpuinfo) {
            int colon = line.indexOf(':');
            if (colon >= 0 && KEYS.contains(line.substring(0, colon).strip())) {
                return Set.of(line.substring(colon + 1).strip().split(" +"));
            }
        }
        return Set.of();
    }
}
