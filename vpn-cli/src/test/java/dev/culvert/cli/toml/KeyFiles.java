package dev.culvert.cli.toml;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** The key files that the configurations of the tests name. */
public final class KeyFiles {
    /** Alice's key of RFC 7748, section 6.1. */
    static final String PRIVATE = "dwdtCnMYpX08FsFyUbJmRd9ML4frwJkqsXf7pR25LCo=";

    static final String PUBLIC = "hSDwCYkwp1R0i33ctD73Wg2/Og0mOBr066SpjqqbTmo=";

    private KeyFiles() {}

    static void writeAll(Path directory) throws IOException {
        write(directory.resolve("host.key"), PRIVATE + "\n", "rw-------");
        write(directory.resolve("shared.psk"), PRIVATE + "\n", "r--------");
        write(directory.resolve("open.key"), PRIVATE + "\n", "rw-r--r--");
        write(directory.resolve("group.psk"), PRIVATE + "\n", "rw--w----");
        write(directory.resolve("short.key"), PRIVATE.substring(7), "rw-------");
        write(directory.resolve("two-lines.psk"), PRIVATE + "\n" + PRIVATE + "\n", "rw-------");
        write(directory.resolve("empty.psk"), "", "rw-------");
        Files.createDirectory(directory.resolve("directory.key"));
        Files.createSymbolicLink(directory.resolve("link.key"), Path.of("host.key"));
        Files.createSymbolicLink(directory.resolve("dangling.key"), Path.of("gone.key"));
    }

    public static void write(Path file, String content, String mode) throws IOException {
        Files.writeString(file, content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }
}
