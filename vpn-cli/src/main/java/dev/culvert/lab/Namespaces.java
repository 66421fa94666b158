package dev.culvert.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The network namespaces of labs, known by name: {@code culvert-lab-PID-LAB-HOST}, with the pid of the JVM that made
 * them.
 */
final class Namespaces {
    private static final String PREFIX = "culvert-lab-";
    private static final Pattern OWNED = Pattern.compile(PREFIX + "(\\d+)-.*");
    private static final Path MOUNTED = Path.of("/run/netns");
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private Namespaces() {}

    static String prefixOf(long pid) {
        return PREFIX + pid + "-";
    }

    static List<String> list() throws LabException {
        return ipNetns("list")
                .output()
                .lines()
                .map(line -> line.split(" ", 2)[0]) // "NAME (id: 0)"
                .filter(name -> !name.isBlank())
                .toList();
    }

    static void add(String namespace) throws LabException {
        ipNetns("add", namespace);
    }

    /** Kills what runs inside, by pid, and removes the namespace with every interface in it. */
    static void remove(String namespace) throws LabException {
        ipNetns("pids", namespace)
                .output()
                .lines()
                .map(line -> ProcessHandle.of(Long.parseLong(line.strip())))
                .flatMap(Optional::stream)
                .forEach(ProcessHandle::destroyForcibly);
        deleteTree(runDirectory(namespace));
        ipNetns("delete", namespace);
    }

    /** Removes the labs whose JVM is gone. */
    static void removeOrphans() throws LabException {
        for (String namespace : list()) {
            Matcher owned = OWNED.matcher(namespace);
            if (owned.matches()
                    && ProcessHandle.of(Long.parseLong(owned.group(1))).isEmpty()) {
                remove(namespace);
            }
        }
    }

    /** Where Culverts inside have their control sockets; in the file system that all namespaces share. */
    static Path runDirectory(String namespace) throws LabException {
        try {
            return Path.of("/run/culvert", "netns-" + Files.getAttribute(MOUNTED.resolve(namespace), "unix:ino"));
        } catch (IOException e) {
            throw new LabException("network namespace " + namespace + ": " + e.getMessage(), e);
        }
    }

    static void deleteTree(Path root) throws LabException {
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (NoSuchFileException _) {
            // nothing there, or gone while we looked
        } catch (IOException e) {
            throw new LabException(root + ": could not be deleted: " + e.getMessage(), e);
        }
    }

    private static CommandResult ipNetns(String... arguments) throws LabException {
        List<String> command = new ArrayList<>(List.of(Lab.IP, "netns"));
        command.addAll(Arrays.asList(arguments));
        return CommandResult.of(LIMIT, command).orThrow();
    }
}
