package dev.culvert.cli;

import dev.culvert.crypto.PrivateKey;
import dev.culvert.crypto.Randomness;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code culvert genkey}. */
@Command(
        name = "genkey",
        description = {
            "Write a new private key to stdout, as wg genkey does.",
            "  (umask 077; culvert genkey > office.key)"
        })
final class GenKeyCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        SecretOutput.warningFor(SecretOutput.STDOUT)
                .ifPresent(spec.commandLine().getErr()::println);
        try (PrivateKey key = PrivateKey.generate(Randomness.system())) {
            spec.commandLine().getOut().println(key.revealBase64());
        }
        return ExitCodes.OK;
    }
}
