package dev.culvert.lab;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What everything of one lab is called on the machine: {@code culvert-lab-PID-NUMBER-...}, with the pid of the JVM that
 * made it, so that it is known to be an orphan when that JVM is gone.
 */
final class LabName {
    private static final String PREFIX = "culvert-lab-";
    private static final Pattern OWNED = Pattern.compile(PREFIX + "(\\d+)-.*");
    private static final AtomicInteger LABS = new AtomicInteger();

    private LabName() {}

    /** The beginning of all names of a new lab. */
    static String next() {
        return ofProcess(ProcessHandle.current().pid()) + LABS.incrementAndGet() + "-";
    }

    static String ofProcess(long pid) {
        return PREFIX + pid + "-";
    }

    static void removeOrphans() throws LabException {
        for (String namespace : Namespaces.list()) {
            if (isOrphan(namespace)) {
                Namespaces.remove(namespace);
            }
        }
        for (Path folder : LabFolders.list()) {
            if (isOrphan(String.valueOf(folder.getFileName()))) {
                LabFolders.delete(folder);
            }
        }
    }

    private static boolean isOrphan(String name) {
        Matcher owned = OWNED.matcher(name);
        return owned.matches()
                && ProcessHandle.of(Long.parseLong(owned.group(1))).isEmpty();
    }
}
