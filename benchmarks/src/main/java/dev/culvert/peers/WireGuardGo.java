package dev.culvert.peers;

import dev.culvert.lab.LabProcess;
import dev.culvert.peers.Place.End;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * wireguard-go in the foreground, set up with {@code wg} as its README and wg(8) say; it has no options for speed. The only
 * tunnel of IP packets here: it carries no Ethernet headers, so its frames are 14 bytes shorter. Its own default would be
 * an MTU of 1420.
 */
final class WireGuardGo implements Peer {
    private static final String NAME = "wireguard-go (IP)";
    private static final Duration START_LIMIT = Duration.ofSeconds(30);

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> programs() {
        return List.of("wireguard-go", "wg");
    }

    @Override
    public Optional<List<String>> versionCommand() {
        return Optional.of(List.of("wireguard-go", "--version"));
    }

    @Override
    public RunningPeer start(Place place) throws IOException {
        for (End end : place.ends()) {
            Files.writeString(end.file("wg.key"), wg(end, "genkey") + "\n");
        }
        List<LabProcess> ends = new ArrayList<>();
        for (End end : place.ends()) {
            // LOG_LEVEL=verbose for the line that says when wg may speak to it; nothing is logged for a packet
            LabProcess process = end.host().start("env", "LOG_LEVEL=verbose", "wireguard-go", "-f", device(end));
            ends.add(process);
            process.awaitLine("UAPI listener started", START_LIMIT);
            end.configure(device(end), process);
            Path file = Files.writeString(end.file("wg.conf"), configuration(end));
            wg(end, "setconf", device(end), file.toString());
        }
        return RunningPeer.tunnel(NAME, place, ends);
    }

    private static String configuration(End end) throws IOException {
        return """
                [Interface]
                PrivateKey = %s
                ListenPort = %d
                [Peer]
                PublicKey = %s
                AllowedIPs = %s/32
                Endpoint = %s:%d
                """.formatted(
                        Files.readString(end.file("wg.key")).strip(),
                        end.port(),
                        publicKey(end.far()),
                        end.far().address(),
                        end.far().underlay(),
                        end.port());
    }

    private static String publicKey(End end) throws IOException {
        return end.host()
                .run("sh", "-c", "exec wg pubkey <" + end.file("wg.key"))
                .orThrow()
                .output()
                .strip();
    }

    /** All namespaces see the control socket in the same place, so the device has a name that no other has. */
    private static String device(End end) {
        return "wg" + ProcessHandle.current().pid() + "n" + end.number();
    }

    private static String wg(End end, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("wg"));
        command.addAll(List.of(arguments));
        return end.host().run(command.toArray(String[]::new)).orThrow().output().strip();
    }
}
