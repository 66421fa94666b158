package dev.culvert.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Network namespaces, as {@code ip netns} makes, lists and removes them. */
final class Namespaces {
    private static final Path MOUNTED = Path.of("/run/netns");
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private Namespaces() {}

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

    /**
     * Kills what runs inside, by pid, and removes the namespace with every interface in it. Does nothing where there is
     * none.
     */
    static void remove(String namespace) throws LabException {
        if (Files.notExists(MOUNTED.resolve(namespace))) {
            return;
        }
        ipNetns("pids", namespace)
                .output()
                .lines()
                .map(line -> ProcessHandle.of(Long.parseLong(line.strip())))
                .flatMap(Optional::stream)
                .forEach(ProcessHandle::destroyForcibly);
        LabFolders.delete(runDirectory(namespace));
        ipNetns("delete", namespace);
    }

    /** Where Culverts inside have their control sockets; in the file system that all namespaces share. */
    static Path runDirectory(String namespace) throws LabException {
        try {
            return LabFolders.BASE.resolve("netns-" + Files.getAttribute(MOUNTED.resolve(namespace), "unix:ino"));
        } catch (IOException e) {
            throw new LabException("network namespace " + namespace + ": " + e.getMessage(), e);
        }
    }

    private static CommandResult ipNetns(String... arguments) throws LabException {
        List<String> command = new ArrayList<>(List.of(Lab.IP, "netns"));
        command.addAll(Arrays.asList(arguments));
        return CommandResult.of(LIMIT, command).orThrow();
    }
}
