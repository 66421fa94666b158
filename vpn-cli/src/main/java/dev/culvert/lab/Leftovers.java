package dev.culvert.lab;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The namespaces of labs, known by their names: {@code culvert-lab-PID-LAB-HOST}, with the pid of the JVM that made them. */
final class Leftovers {
    private static final String PREFIX = "culvert-lab-";
    private static final Pattern OWNED = Pattern.compile(PREFIX + "(\\d+)-.*");
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private Leftovers() {}

    static String prefixOf(long pid) {
        return PREFIX + pid + "-";
    }

    static List<String> namespaces() throws LabException {
        return ip("netns", "list")
                .output()
                .lines()
                .map(line -> line.split(" ", 2)[0]) // "NAME (id: 0)"
                .filter(name -> !name.isBlank())
                .toList();
    }

    /** Removes the labs whose JVM is gone. */
    static void remove() throws LabException {
        for (String namespace : namespaces()) {
            Matcher owned = OWNED.matcher(namespace);
            if (owned.matches()
                    && ProcessHandle.of(Long.parseLong(owned.group(1))).isEmpty()) {
                remove(namespace);
            }
        }
    }

    /** Kills what runs in a namespace, by pid, and removes it with every interface inside. */
    static void remove(String namespace) throws LabException {
        ip("netns", "pids", namespace)
                .output()
                .lines()
                .map(line -> ProcessHandle.of(Long.parseLong(line.strip())))
                .flatMap(Optional::stream)
                .filter(process -> !process.equals(ProcessHandle.current()))
                .forEach(ProcessHandle::destroyForcibly);
        ip("netns", "delete", namespace);
    }

    private static CommandResult ip(String... arguments) throws LabException {
        return CommandResult.of(
                        LIMIT,
                        java.util.stream.Stream.concat(
                                        java.util.stream.Stream.of(Lab.IP), java.util.Arrays.stream(arguments))
                                .toList())
                .orThrow();
    }
}
