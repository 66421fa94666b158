package dev.culvert.cli.init;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Files written together or not at all: what was made before a failure is taken away again. */
final class NewFiles {
    private record Planned(Path path, String content, String mode) {}

    private final List<Planned> planned = new ArrayList<>();

    void secret(Path path, String content) {
        planned.add(new Planned(path, content, "rw-------"));
    }

    void open(Path path, String content) {
        planned.add(new Planned(path, content, "rw-r--r--"));
    }

    List<Path> paths() {
        return planned.stream().map(Planned::path).toList();
    }

    void write() throws IOException {
        for (Planned file : planned) {
            if (Files.exists(file.path(), LinkOption.NOFOLLOW_LINKS)) {
                throw new IOException(file.path() + " is there already; nothing was written: name another directory");
            }
        }
        List<Path> made = new ArrayList<>();
        try {
            for (Planned file : planned) {
                makeDirectories(file.path().toAbsolutePath().getParent(), made);
                makeFile(file, made);
            }
        } catch (IOException failed) {
            takeAway(made);
            throw failed;
        }
    }

    private static void makeDirectories(@Nullable Path directory, List<Path> made) throws IOException {
        if (directory == null || Files.isDirectory(directory)) {
            return;
        }
        makeDirectories(directory.getParent(), made);
        Files.createDirectory(
                directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        made.add(directory);
    }

    private static void makeFile(Planned file, List<Path> made) throws IOException {
        var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(file.mode()));
        // CREATE_NEW: never into a file, or through a link, that somebody put there meanwhile
        try (var out = Files.newByteChannel(
                file.path(), Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), mode)) {
            made.add(file.path());
            var bytes = StandardCharsets.UTF_8.encode(file.content());
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
        } catch (FileAlreadyExistsException raced) {
            throw new IOException(file.path() + " is there already; nothing was written", raced);
        }
    }

    private static void takeAway(List<Path> made) throws IOException {
        for (Path path : made.reversed()) {
            Files.deleteIfExists(path);
        }
    }
}
