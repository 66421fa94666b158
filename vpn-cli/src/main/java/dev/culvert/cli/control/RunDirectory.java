package dev.culvert.cli.control;

import dev.culvert.device.linux.NetworkNamespace;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.StreamSupport;

/**
 * Where the control sockets of this network namespace are. Several namespaces may each have a tunnel of one name, so each
 * has a directory of its own.
 */
public final class RunDirectory {
    private static final Path BASE = Path.of("/run/culvert");
    private static final String SOCKET_SUFFIX = ".sock";
    private static final String LOCK_FILE = ".lock";

    // A file lock keeps other processes out, but not other threads of this one.
    private static final ReentrantLock IN_PROCESS = new ReentrantLock();

    private final Path path;

    private RunDirectory(Path path) {
        this.path = path;
    }

    static RunDirectory at(Path path) {
        return new RunDirectory(path);
    }

    /** {@code CULVERT_RUN_DIR}, or the directory of the network namespace this process is in. */
    public static RunDirectory of(Map<String, String> environment) {
        String given = environment.getOrDefault("CULVERT_RUN_DIR", "");
        if (!given.isEmpty()) {
            return new RunDirectory(Path.of(given));
        }
        return new RunDirectory(BASE.resolve("netns-" + NetworkNamespace.inode()));
    }

    Path socketOf(String name) {
        return path.resolve(name + SOCKET_SUFFIX);
    }

    /** The names of all tunnels that have a socket here, alive or not, in order. */
    List<String> names() throws IOException {
        try (DirectoryStream<Path> sockets = Files.newDirectoryStream(path, "*" + SOCKET_SUFFIX)) {
            return StreamSupport.stream(sockets.spliterator(), false)
                    .map(socket -> socket.getFileName().toString())
                    .map(file -> file.substring(0, file.length() - SOCKET_SUFFIX.length()))
                    .sorted()
                    .toList();
        } catch (NoSuchFileException noneEver) {
            return List.of();
        }
    }

    boolean exists() {
        return Files.isDirectory(path);
    }

    /** Whether the directory, or one above it, is closed to this user; then nobody can say what is in it. */
    boolean isForbidden() throws IOException {
        try {
            Files.readAttributes(path, BasicFileAttributes.class);
            return !(Files.isReadable(path) && Files.isExecutable(path));
        } catch (AccessDeniedException closed) {
            return true;
        } catch (NoSuchFileException noneEver) {
            return false;
        }
    }

    void create() throws IOException {
        if (!exists()) {
            Files.createDirectories(
                    path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
    }

    /** One process at a time looks whether a socket is stale, deletes it, or binds it. */
    @FunctionalInterface
    interface Step<T> {
        T run() throws IOException;
    }

    <T> T alone(Step<T> step) throws IOException {
        IN_PROCESS.lock();
        try (FileChannel file =
                        FileChannel.open(path.resolve(LOCK_FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock _ = file.lock()) {
            return step.run();
        } finally {
            IN_PROCESS.unlock();
        }
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
