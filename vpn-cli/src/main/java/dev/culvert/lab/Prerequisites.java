package dev.culvert.lab;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** What must be there before anything is made. */
final class Prerequisites {
    private static final Map<String, String> PACKAGES =
            Map.of("ip", "iproute2", "ping", "iputils-ping", "perf", "linux-perf");

    private Prerequisites() {}

    static void check(String... programs) throws LabException {
        if (!isRoot()) {
            throw new LabException("needs root, to make network namespaces: run it with sudo");
        }
        List<String> missing = new ArrayList<>(List.of(Lab.IP));
        missing.addAll(Arrays.asList(programs));
        missing.removeIf(Prerequisites::isInstalled);
        if (!missing.isEmpty()) {
            List<String> packages = missing.stream()
                    .map(program -> PACKAGES.getOrDefault(program, program))
                    .toList();
            throw new LabException("%s not found: run: apt-get install -y %s"
                    .formatted(String.join(", ", missing), String.join(" ", packages)));
        }
    }

    private static boolean isRoot() throws LabException {
        try {
            return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
        } catch (IOException e) {
            throw new LabException("/proc/self: " + e.getMessage(), e);
        }
    }

    private static boolean isInstalled(String program) {
        String path = System.getenv().getOrDefault("PATH", "");
        return Arrays.stream(path.split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
