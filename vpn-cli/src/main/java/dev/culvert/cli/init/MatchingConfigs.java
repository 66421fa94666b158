package dev.culvert.cli.init;

import dev.culvert.crypto.PresharedKey;
import dev.culvert.crypto.PrivateKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Writes a directory for each of the two hosts. */
public final class MatchingConfigs {
    private MatchingConfigs() {}

    /**
     * Returns the files written.
     *
     * @throws IOException when a file is there already or cannot be written; nothing is left behind
     */
    public static List<Path> write(
            Path directory,
            TunnelPlan plan,
            PrivateKey oneKey,
            PrivateKey otherKey,
            Optional<PresharedKey> presharedKey)
            throws IOException {
        NewFiles files = new NewFiles();
        addHost(files, directory, plan, plan.one(), oneKey, otherKey, presharedKey);
        addHost(files, directory, plan, plan.other(), otherKey, oneKey, presharedKey);
        files.write();
        return files.paths();
    }

    private static void addHost(
            NewFiles files,
            Path directory,
            TunnelPlan plan,
            HostPlan host,
            PrivateKey ownKey,
            PrivateKey farKey,
            Optional<PresharedKey> presharedKey) {
        Path home = directory.resolve(host.host());
        files.open(home.resolve(plan.configFile()), ConfigText.of(plan, host, farKey.publicKey()));
        files.secret(home.resolve(plan.keyFile()), ownKey.revealBase64() + "\n");
        presharedKey.ifPresent(key -> files.secret(home.resolve(plan.presharedKeyFile()), key.revealBase64() + "\n"));
    }
}
