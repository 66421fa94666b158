package dev.culvert.peers;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** Which peers take part, and how they are configured. */
final class PeerOptions {
    private static final int LEAST_MTU = 576;

    @Option(
            names = "--only",
            paramLabel = "NAMES",
            split = ",",
            description = "Only peers that have one of these words in their names: culvert,fastd.")
    private List<String> only = List.of();

    @Option(
            names = "--culvert",
            paramLabel = "NAME=KEYS",
            description =
                    "Another Culvert, called Culvert NAME, with these keys of its configuration, separated by commas:"
                            + " large=interface.mtu=1500,crypto.cipher=auto. May be given again.")
    private List<String> culverts = List.of();

    @Option(
            names = "--add",
            paramLabel = "NAME=SCRIPT",
            description = "A tunnel of your own, started by a script: see benchmarks/README.md. May be given again.")
    private Map<String, Path> added = new LinkedHashMap<>();

    @Option(
            names = "--mtu",
            paramLabel = "BYTES",
            defaultValue = "" + Place.DEFAULT_MTU,
            description = "Of the device of every tunnel. Default: ${DEFAULT-VALUE}.")
    private int mtu;

    /** @throws IllegalArgumentException for a user's mistake, in words for users */
    List<Peer> peers() {
        if (mtu < LEAST_MTU) {
            throw new IllegalArgumentException("--mtu %d: expected %d or more".formatted(mtu, LEAST_MTU));
        }
        return Choice.of(
                Peers.all(), only, culverts.stream().map(CulvertVariant::parse).toList(), added);
    }

    int mtu() {
        return mtu;
    }

    /** As they would be typed. */
    String text() {
        StringBuilder text = new StringBuilder();
        if (mtu != Place.DEFAULT_MTU) {
            text.append(" --mtu ").append(mtu);
        }
        if (!only.isEmpty()) {
            text.append(" --only '").append(String.join(",", only)).append("'");
        }
        culverts.forEach(culvert -> text.append(" --culvert '").append(culvert).append("'"));
        added.forEach((name, script) -> text.append(" --add '%s=%s'".formatted(name, script)));
        return text.toString();
    }
}
