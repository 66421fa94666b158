package dev.culvert.cli;

import dev.culvert.crypto.KeyFormatException;
import dev.culvert.crypto.PrivateKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code culvert pubkey}. */
@Command(
        name = "pubkey",
        description = {
            "Read a private key from stdin, write its public key to stdout, as wg pubkey does.",
            "  culvert pubkey < office.key",
        })
final class PubKeyCommand implements Callable<Integer> {
    private static final int MAX_BYTES = 256;

    private final CommandContext context;

    @Spec
    private CommandSpec spec;

    PubKeyCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        byte[] given = context.in().readNBytes(MAX_BYTES);
        try (PrivateKey key = PrivateKey.fromBase64(new String(given, StandardCharsets.ISO_8859_1).strip())) {
            spec.commandLine().getOut().println(key.publicKey().toBase64());
            return ExitCodes.OK;
        } catch (KeyFormatException bad) {
            spec.commandLine().getErr().println("culvert: stdin holds no private key: " + bad.getMessage());
            return ExitCodes.USAGE;
        } finally {
            Arrays.fill(given, (byte) 0);
        }
    }
}
