package dev.culvert.cli.toml;

import dev.culvert.crypto.KeyFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/** Reads the one line of a key file, refusing files that others may read. No message repeats what is in the file. */
public final class KeyFile {
    private static final int MAX_BYTES = 256;
    private static final Set<PosixFilePermission> FOR_OWNER = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    private KeyFile() {}

    /** {@code PrivateKey::fromBase64} or {@code PresharedKey::fromBase64}. */
    @FunctionalInterface
    interface Parser<T> {
        T parse(String text) throws KeyFormatException;
    }

    /** Relative names are beside the configuration file. */
    static Path beside(Path configFile, String name) throws BadValueException {
        if (name.matches("[A-Za-z0-9+/]{43}=")) {
            throw new BadValueException(
                    "expected the name of a file, found a key itself: put it in a file of mode 0600");
        }
        try {
            if (!name.isBlank()) {
                return configFile.resolveSibling(name);
            }
        } catch (InvalidPathException _) {
            // falls through
        }
        throw new BadValueException("expected the name of a file, found " + Quoted.text(name));
    }

    static <T> T read(Path file, String makeWith, Parser<T> parser) throws BadValueException {
        refuseIfUnfit(file, makeWith);
        byte[] content = contentOf(file);
        try {
            return parser.parse(new String(content, StandardCharsets.ISO_8859_1).strip());
        } catch (KeyFormatException bad) {
            throw new BadValueException("%s: holds no key: %s; expected the one line that %s writes"
                    .formatted(file, bad.getMessage(), makeWith));
        } finally {
            Arrays.fill(content, (byte) 0);
        }
    }

    private static void refuseIfUnfit(Path file, String makeWith) throws BadValueException {
        PosixFileAttributes attributes = attributesOf(file, makeWith);
        if (!attributes.isRegularFile()) {
            throw new BadValueException(file + ": not a regular file");
        }
        if (!FOR_OWNER.containsAll(attributes.permissions())) {
            throw new BadValueException("%s: others than its owner may use this key; run: chmod 600 %s"
                    .formatted(file, Quoted.shellWord(file.toString())));
        }
    }

    // Not Files.exists: it takes a file in a directory closed to us for one that is not there.
    private static PosixFileAttributes attributesOf(Path file, String makeWith) throws BadValueException {
        try {
            return Files.readAttributes(file, PosixFileAttributes.class);
        } catch (NoSuchFileException missing) {
            throw new BadValueException("%s: no such file; make one: (umask 077; set -C; %s > %s)"
                    .formatted(file, makeWith, Quoted.shellWord(file.toString())));
        } catch (IOException failed) {
            throw unreadable(file, failed);
        }
    }

    private static byte[] contentOf(Path file) throws BadValueException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(MAX_BYTES);
        } catch (IOException failed) {
            throw unreadable(file, failed);
        }
    }

    private static BadValueException unreadable(Path file, IOException failed) {
        return failed instanceof AccessDeniedException
                ? new BadValueException(file + ": permission denied: run as the owner of the file, or as root")
                : new BadValueException(file + ": cannot be read: " + failed.getMessage());
    }
}
