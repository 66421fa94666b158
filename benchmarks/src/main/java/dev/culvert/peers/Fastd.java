package dev.culvert.peers;

import dev.culvert.lab.LabException;
import dev.culvert.lab.LabProcess;
import dev.culvert.peers.Place.End;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * fastd (fastd.readthedocs.io): {@code mode tap}, both ends know each other's key and address. The method is the one that its
 * manual recommends for encryption ("Encryption and authentication methods"), {@code salsa2012+umac}, or {@code null}, which
 * does not encrypt. The MTU follows its manual ("MTU configuration": small enough that nothing is
 * fragmented; a datagram has 28 + 24 + 14 bytes more). It picks the fastest implementation of a cipher by itself.
 */
final class Fastd implements Peer {
    private final String method;

    Fastd(String method) {
        this.method = method;
    }

    @Override
    public String name() {
        return "fastd " + method;
    }

    @Override
    public List<String> programs() {
        return List.of("fastd");
    }

    @Override
    public Optional<List<String>> versionCommand() {
        return Optional.of(List.of("fastd", "--version"));
    }

    @Override
    public RunningPeer start(Place place) throws IOException {
        String firstSecret = fastd(place, "--generate-key", "--machine-readable");
        String secondSecret = fastd(place, "--generate-key", "--machine-readable");
        List<LabProcess> ends = new ArrayList<>();
        ends.add(start(place.first(), firstSecret, publicKey(place, secondSecret)));
        ends.add(start(place.second(), secondSecret, publicKey(place, firstSecret)));
        for (End end : place.ends()) {
            end.configure(end.device(), ends.get(end.number() - 1));
        }
        return RunningPeer.tunnel(name(), place, ends);
    }

    private LabProcess start(End end, String secret, String farKey) throws IOException {
        Path file = end.file("fastd.conf");
        Files.writeString(file, """
                log level info;
                interface "%s";
                mode tap;
                method "%s";
                mtu %d;
                bind %s:%d;
                secret "%s";
                peer "far" { key "%s"; remote %s port %d; }
                """.formatted(
                        end.device(),
                        method,
                        end.place().mtu(),
                        end.underlay(),
                        end.port(),
                        secret,
                        farKey,
                        end.far().underlay(),
                        end.port()));
        return end.host().start("fastd", "-c", file.toString());
    }

    private static String publicKey(Place place, String secret) throws IOException {
        Path file = Files.writeString(place.first().file("fastd.secret"), "secret \"" + secret + "\";");
        return fastd(place, "--machine-readable", "--show-key", "--config", file.toString());
    }

    private static String fastd(Place place, String... arguments) throws LabException {
        List<String> command = new ArrayList<>(List.of("fastd"));
        command.addAll(List.of(arguments));
        return place.one()
                .run(command.toArray(String[]::new))
                .orThrow()
                .output()
                .strip();
    }
}
