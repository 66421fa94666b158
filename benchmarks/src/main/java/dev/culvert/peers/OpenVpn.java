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
 * OpenVPN 2.6 in tap mode: certificates known by fingerprint (openvpn-examples(5), "Small OpenVPN setup with
 * peer-fingerprint"), point to point, AES-256-GCM. For speed openvpn(8) has {@code --fast-io} ("improving CPU
 * efficiency by 5% to 10%"), larger socket buffers and a longer queue of the device; it takes the kernel's data channel
 * for {@code tun} only. The {@code tun-mtu} is near the 1400 of the example, "avoids problems of too big packets".
 */
final class OpenVpn implements Peer {
    private static final String NAME = "OpenVPN tap";
    private static final String DONE = "Initialization Sequence Completed";
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> programs() {
        return List.of("openvpn", "openssl");
    }

    @Override
    public Optional<List<String>> versionCommand() {
        return Optional.of(List.of("openvpn", "--version"));
    }

    @Override
    public RunningPeer start(Place place) throws IOException {
        for (End end : place.ends()) {
            makeCertificate(end);
        }
        List<LabProcess> ends = new ArrayList<>();
        for (End end : place.ends()) {
            Path file = Files.writeString(end.file("openvpn.conf"), configuration(end));
            LabProcess process = end.host().start("openvpn", "--config", file.toString());
            ends.add(process);
            end.configure(end.device(), process);
        }
        for (LabProcess end : ends) {
            end.awaitLine(DONE, LIMIT);
        }
        return RunningPeer.tunnel(NAME, place, ends);
    }

    private static String configuration(End end) throws IOException {
        return """
                dev %s
                dev-type tap
                proto udp4
                local %s
                port %d
                remote %s %d
                tls-%s
                dh none
                cert %s
                key %s
                peer-fingerprint %s
                data-ciphers AES-256-GCM
                tun-mtu %d
                fast-io
                sndbuf %d
                rcvbuf %d
                txqueuelen 1000
                verb 3
                """.formatted(
                        end.device(),
                        end.underlay(),
                        end.port(),
                        end.far().underlay(),
                        end.port(),
                        end.number() == 1 ? "server" : "client",
                        certificate(end),
                        end.file("openvpn.key"),
                        fingerprint(end.far()),
                        end.place().mtu(),
                        Place.SOCKET_BUFFER_BYTES,
                        Place.SOCKET_BUFFER_BYTES);
    }

    private static void makeCertificate(End end) throws IOException {
        List<String> command = new ArrayList<>(
                List.of("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:secp384r1"));
        command.addAll(List.of("-nodes", "-sha256", "-days", "2", "-subj", "/CN=" + end.side()));
        command.addAll(List.of("-keyout", end.file("openvpn.key").toString()));
        command.addAll(List.of("-out", certificate(end).toString()));
        end.host().run(command.toArray(String[]::new)).orThrow();
    }

    private static String fingerprint(End end) throws IOException {
        String line = end.host()
                .run(
                        "openssl",
                        "x509",
                        "-fingerprint",
                        "-sha256",
                        "-noout",
                        "-in",
                        certificate(end).toString())
                .orThrow()
                .output(); // "sha256 Fingerprint=00:11:..."
        return line.substring(line.indexOf('=') + 1).strip();
    }

    private static Path certificate(End end) {
        return end.file("openvpn.crt");
    }
}
