package dev.culvert.it.tap;

import dev.culvert.crypto.PresharedKey;
import dev.culvert.crypto.PrivateKey;
import dev.culvert.crypto.Randomness;
import dev.culvert.lab.LabHost;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** One end of a tunnel on paper: its keys, and a configuration that grows line by line. */
final class TunnelEnd {
    static final String DEVICE = "culvert0";
    static final int PORT = 51820;

    private final LabHost host;
    private final PrivateKey key = PrivateKey.generate(Randomness.system());
    private final int number;
    private final List<String> deviceLines = new ArrayList<>();
    private final List<String> offloadLines = new ArrayList<>();
    private final List<String> peerLines = new ArrayList<>();

    private TunnelEnd(LabHost host, int number) {
        this.host = host;
        this.number = number;
    }

    /** Has the addresses {@link #inner4} and {@link #inner6} on its device. */
    static TunnelEnd numbered(int number, LabHost host) {
        TunnelEnd end = new TunnelEnd(host, number);
        return end.with("address = [\"%s/24\", \"%s/64\"]".formatted(end.inner4(), end.inner6()));
    }

    /** Its device has no addresses and is a port of a bridge. */
    static TunnelEnd bridged(LabHost host, String bridge) {
        return new TunnelEnd(host, 0).with("bridge = \"%s\"".formatted(bridge));
    }

    LabHost host() {
        return host;
    }

    String inner4() {
        return "10.99.0." + number;
    }

    String inner6() {
        return "fd99::" + number;
    }

    /** Lines for the table [interface]. */
    TunnelEnd with(String... lines) {
        deviceLines.addAll(List.of(lines));
        return this;
    }

    /** The table [interface.offload]; without it, what the configuration leaves out is on. */
    TunnelEnd offload(boolean tap, boolean udp) {
        offloadLines.clear();
        offloadLines.addAll(List.of("[interface.offload]", "tap = " + tap, "udp = " + udp));
        return this;
    }

    /** Lines for the table of a further peer, besides its name and key. */
    TunnelEnd peer(TunnelEnd far, String... lines) {
        peerLines.add("");
        peerLines.add("[[peer]]");
        peerLines.add("name = \"%s\"".formatted(far.host));
        peerLines.add("public_key = \"%s\"".formatted(far.key.publicKey()));
        peerLines.addAll(List.of(lines));
        return this;
    }

    /** The same, for a peer that can be spoken to first. */
    TunnelEnd peerAt(String address, TunnelEnd far, String... lines) {
        peer(far, "endpoint = \"%s:%d\"".formatted(address, PORT));
        peerLines.addAll(List.of(lines));
        return this;
    }

    /** A line for the table of the peer, which names a file with {@code key} in {@code folder}. */
    String presharedKeyLine(Path folder, PresharedKey presharedKey) throws IOException {
        String file = host + ".psk";
        writeSecret(folder.resolve(file), presharedKey.revealBase64());
        return "preshared_key_file = \"%s\"".formatted(file);
    }

    /** Writes key and configuration; returns the file for {@code culvert up}. */
    Path write(Path folder) throws IOException {
        String keyFile = host + ".key";
        writeSecret(folder.resolve(keyFile), key.revealBase64());
        List<String> lines = new ArrayList<>(List.of(
                "[interface]",
                "name = \"%s\"".formatted(DEVICE),
                "listen = \"[::]:%d\"".formatted(PORT),
                "private_key_file = \"%s\"".formatted(keyFile)));
        lines.addAll(deviceLines);
        lines.addAll(offloadLines);
        lines.addAll(peerLines);
        return Files.write(folder.resolve(host + ".toml"), lines);
    }

    private static void writeSecret(Path file, String secret) throws IOException {
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        Files.deleteIfExists(file);
        try (var out = Files.newByteChannel(
                file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly)) {
            out.write(StandardCharsets.US_ASCII.encode(secret + "\n"));
        }
    }
}
