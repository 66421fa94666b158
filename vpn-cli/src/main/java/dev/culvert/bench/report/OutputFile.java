package dev.culvert.bench.report;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/** A file to be written after a long run: whether it can be is asked before, and it is there whole or not at all. */
public final class OutputFile {
    private OutputFile() {}

    /** @throws IOException that says why it could not be written */
    public static void check(Path file) throws IOException {
        Path folder = folderOf(file);
        if (!Files.isDirectory(folder)) {
            throw new IOException(
                    "%s: there is no folder %s; nothing was measured: make it first".formatted(file, folder));
        }
        if (Files.isDirectory(file)) {
            throw new IOException(file + ": a folder; nothing was measured: name a file");
        }
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new IOException(file + ": not a regular file; nothing was measured: name another");
        }
        try {
            Files.delete(freshIn(folder)); // asked of the file system itself: root may be refused, too
        } catch (IOException refused) {
            throw new IOException(
                    "%s: no file can be made in %s; nothing was measured: %s".formatted(file, folder, reason(refused)),
                    refused);
        }
    }

    /** @throws IOException that says why it could not be written; then whatever was there before still is */
    public static void write(Path file, String content) throws IOException {
        try {
            Path target = Files.isSymbolicLink(file) && Files.exists(file) ? file.toRealPath() : file;
            Path fresh = freshIn(folderOf(target));
            try {
                fill(fresh, content);
                // what others may read is theirs to read: there is no secret in it
                Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-r--r--"));
                Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(fresh);
            }
        } catch (IOException refused) {
            throw new IOException("%s: could not be written: %s".formatted(file, reason(refused)), refused);
        }
    }

    /** On the disk before it gets its name: or a crash could leave the name and nothing behind it. */
    private static void fill(Path fresh, String content) throws IOException {
        try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    /** Without the name of the file that nobody asked for. */
    private static String reason(IOException refused) {
        if (refused instanceof FileSystemException file && file.getReason() != null) {
            return file.getReason();
        }
        return refused instanceof FileSystemException
                ? refused.getClass().getSimpleName()
                : String.valueOf(refused.getMessage());
    }

    private static Path freshIn(Path folder) throws IOException {
        return Files.createTempFile(folder, ".culvert-", ".new");
    }

    private static Path folderOf(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        return parent == null ? Path.of("/") : parent;
    }
}
