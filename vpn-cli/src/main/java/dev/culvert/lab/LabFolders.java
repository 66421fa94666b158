package dev.culvert.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where labs keep keys and configurations: in memory, and where nobody but root can put anything in their way when they
 * are deleted.
 */
final class LabFolders {
    static final Path BASE = Path.of("/run/culvert");

    private LabFolders() {}

    static Path make(String prefix) throws LabException {
        try {
            Files.createDirectories(
                    BASE, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            return Files.createTempDirectory(BASE, prefix);
        } catch (IOException e) {
            throw new LabException(BASE + ": no folder can be made there: " + e.getMessage(), e);
        }
    }

    static List<Path> list() throws LabException {
        try (Stream<Path> folders = Files.list(BASE)) {
            return folders.toList();
        } catch (NoSuchFileException _) {
            return List.of();
        } catch (IOException e) {
            throw new LabException(BASE + ": " + e.getMessage(), e);
        }
    }

    /** With all that is in it; when it is not there, nothing happens. */
    static void delete(Path folder) throws LabException {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (NoSuchFileException _) {
            // nothing there, or gone while we looked
        } catch (IOException e) {
            throw new LabException(folder + ": could not be deleted: " + e.getMessage(), e);
        }
    }
}
