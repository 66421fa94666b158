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
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * tinc 1.0 (tinc.conf(5), and "Main configuration variables" of its manual): {@code Mode = switch}, which carries
 * Ethernet frames. {@code ProcessPriority = high}, which "may help to reduce latency and packet loss"; a
 * {@code ReplayWindow} above the default, as it says for "high bandwidth scenarios"; larger socket buffers. Cipher and digest are
 * the defaults that it advises, AES-256-CBC with SHA-256 cut to 4 bytes; packets go by UDP, with path MTU discovery.
 */
final class Tinc implements Peer {
    private static final String NAME = "tinc";
    private static final int ETHERNET_HEADER_BYTES = 14;
    private static final Duration SETTLE_LIMIT = Duration.ofSeconds(45);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(500);
    private static final Pattern PATH_MTU = Pattern.compile(".*\\bpmtu (\\d+) \\(min (\\d+) max (\\d+)\\).*");

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> programs() {
        return List.of("tincd");
    }

    @Override
    public Optional<List<String>> versionCommand() {
        return Optional.of(List.of("tincd", "--version"));
    }

    @Override
    public RunningPeer start(Place place) throws IOException {
        for (End end : place.ends()) {
            writeConfiguration(end);
        }
        for (End end : place.ends()) { // each side has both host files: with the key that was appended to them
            Path file = Path.of("hosts", end.side());
            Files.copy(folder(end).resolve(file), folder(end.far()).resolve(file));
        }
        List<LabProcess> ends = new ArrayList<>();
        for (End end : place.ends()) {
            LabProcess process = end.host()
                    .start(
                            "tincd",
                            "--config=" + folder(end),
                            "--pidfile=" + end.file("tinc.pid"),
                            "--no-detach",
                            "--debug=1");
            ends.add(process);
            end.configure(end.device(), process);
        }
        return RunningPeer.tunnel(NAME, place, ends);
    }

    private static void writeConfiguration(End end) throws IOException {
        Files.createDirectories(folder(end).resolve("hosts"));
        Files.writeString(folder(end).resolve("tinc.conf"), """
                Name = %s
                Mode = switch
                Interface = %s
                AddressFamily = ipv4
                BindToAddress = %s
                ConnectTo = %s
                ProcessPriority = high
                ReplayWindow = 128
                UDPRcvBuf = %d
                UDPSndBuf = %d
                """.formatted(
                        end.side(),
                        end.device(),
                        end.underlay(),
                        end.far().side(),
                        Place.SOCKET_BUFFER_BYTES,
                        Place.SOCKET_BUFFER_BYTES));
        Files.writeString(folder(end).resolve("hosts").resolve(end.side()), """
                Address = %s
                Port = %d
                """.formatted(end.underlay(), end.port()));
        end.host()
                .run("tincd", "--config=" + folder(end), "--generate-keys=2048")
                .orThrow();
    }

    /** Until the path MTU is known tinc sends full frames over TCP, which is not what is to be measured. */
    @Override
    public void awaitSettled(RunningPeer running) throws IOException {
        long deadlineNanos = System.nanoTime() + SETTLE_LIMIT.toNanos();
        for (LabProcess end : running.ends()) {
            while (!sendsFullFramesByUdp(end, running.mtu())) {
                if (System.nanoTime() - deadlineNanos >= 0) {
                    throw running.failure("its path MTU discovery found no room for full frames");
                }
                // tincd(8): the answer to SIGUSR2 is a list of all nodes, in the log
                running.place().one().run("sh", "-c", "kill -USR2 " + end.pid()).orThrow();
                LockSupport.parkNanos(POLL_INTERVAL.toNanos());
            }
        }
    }

    private static boolean sendsFullFramesByUdp(LabProcess end, int mtu) {
        return end.log().stream()
                .map(PATH_MTU::matcher)
                .filter(Matcher::matches)
                .anyMatch(node -> Integer.parseInt(node.group(2)) >= mtu + ETHERNET_HEADER_BYTES);
    }

    private static Path folder(End end) {
        return end.file("tinc");
    }
}
