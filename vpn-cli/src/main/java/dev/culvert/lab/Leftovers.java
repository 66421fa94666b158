package dev.culvert.lab;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The namespaces of labs, known by name: {@code culvert-lab-PID-LAB-HOST}, with the pid of the JVM that made them. */
final class Leftovers {
    private static final String PREFIX = "culvert-lab-";
    private static final Pattern OWNED = Pattern.compile(PREFIX + "(\\d+)-.*");
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private Leftovers() {}

    static String prefixOf(long pid) {
        return PREFIX + pid + "-";
    }

    static List<String> namespaces() throws LabException {
        return ipNetns("list")
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
        ipNetns("pids", namespace)
                .output()
                .lines()
                .map(line -> ProcessHandle.of(Long.parseLong(line.strip())))
                .flatMap(Optional::stream)
                .forEach(ProcessHandle::destroyForcibly);
        ipNetns("delete", namespace);
    }

    private static CommandResult ipNetns(String... arguments) throws LabException {
        List<String> command = new ArrayList<>(List.of(Lab.IP, "netns"));
        command.addAll(Arrays.asList(arguments));
        return CommandResult.of(LIMIT, command).orThrow();
    }
}
