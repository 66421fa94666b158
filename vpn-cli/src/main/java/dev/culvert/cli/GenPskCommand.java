package dev.culvert.cli;

import dev.culvert.crypto.PresharedKey;
import dev.culvert.crypto.Randomness;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code culvert genpsk}. */
@Command(
        name = "genpsk",
        description = {
            "Write a new preshared key to stdout, as wg genpsk does. Both ends need the same one.",
            "  (umask 077; culvert genpsk > office-branch.psk)",
        })
final class GenPskCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        SecretOutput.warningFor(SecretOutput.STDOUT)
                .ifPresent(spec.commandLine().getErr()::println);
        try (PresharedKey key = PresharedKey.generate(Randomness.system())) {
            spec.commandLine().getOut().println(key.revealBase64());
        }
        return ExitCodes.OK;
    }
}
