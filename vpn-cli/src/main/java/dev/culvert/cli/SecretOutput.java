package dev.culvert.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/** Where a secret is about to be written. */
final class SecretOutput {
    static final Path STDOUT = Path.of("/proc/self/fd/1");

    private static final Set<PosixFilePermission> FOR_OWNER = PosixFilePermissions.fromString("rwx------");

    private SecretOutput() {}

    /** What to tell whoever redirects a secret into a file that others may read. */
    static Optional<String> warningFor(Path output) {
        try {
            boolean isOpenToOthers =
                    Files.isRegularFile(output) && !FOR_OWNER.containsAll(Files.getPosixFilePermissions(output));
            return isOpenToOthers
                    ? Optional.of("warning: others may read the file this key goes to, and culvert up will refuse it;"
                            + " run: chmod 600 " + output.toRealPath() + "   (next time: umask 077)")
                    : Optional.empty();
        } catch (IOException _) {
            return Optional.empty(); // no /proc, or stdout is closed: only the warning is lost
        }
    }
}
