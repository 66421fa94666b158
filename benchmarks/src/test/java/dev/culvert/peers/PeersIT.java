package dev.culvert.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.culvert.bench.contest.Generator;
import dev.culvert.bench.contest.Workload;
import dev.culvert.bench.traffic.OwnGenerator;
import dev.culvert.lab.LabException;
import dev.culvert.lab.Traffic;
import dev.culvert.testkit.RequiresRoot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@RequiresRoot
@Timeout(120)
final class PeersIT {
    private static final Path EXAMPLE = Path.of("examples/vxlan");

    static Stream<Peer> peers() {
        return Stream.concat(Peers.all().stream(), Stream.of(new ScriptedPeer("vxlan", EXAMPLE)));
    }

    @ParameterizedTest
    @MethodSource("peers")
    void connectsCarriesTrafficAndIsGoneAfterwards(Peer peer) throws Exception {
        Gathering gathering = Gathering.open(List.of(peer), Place.DEFAULT_MTU);
        List<ProcessHandle> processes;
        try (gathering) {
            gathering.start(List.of(peer), _ -> {});

            RunningPeer running = gathering.running().getFirst();
            processes = running.processes();
            assertThat(processes).hasSize(expectedProcesses(peer));
            for (String address : List.of(running.firstAddress(), running.secondAddress())) {
                boolean reverse = address.equals(running.firstAddress());
                Traffic.Transfer transfer = Traffic.transfer(
                        reverse ? gathering.two() : gathering.one(),
                        reverse ? gathering.one() : gathering.two(),
                        address,
                        3_000_000,
                        1,
                        Duration.ofSeconds(30));
                assertThat(transfer.isIntact()).isTrue();
            }

            running.close();
            assertThat(processes).noneMatch(ProcessHandle::isAlive);
            assertThat(gathering.one().ip("-oneline", "link", "show").output())
                    .doesNotContain("peer1")
                    .doesNotContain("wg" + ProcessHandle.current().pid());
        }
        assertThat(gathering.lab().remains()).isEmpty();
    }

    /** A script, here, waits in a child. */
    private static int expectedProcesses(Peer peer) {
        return switch (peer) {
            case Cable _ -> 0;
            case TapLoopback _ -> 1;
            case ScriptedPeer _ -> 4;
            default -> 2;
        };
    }

    @Test
    void failsWithTheLogOfAPeerThatDoesNotConnect(@TempDir Path folder) throws Exception {
        Path script = script(folder, "echo key rejected by $PEER_SIDE; exec sleep 60");
        List<Peer> peers = List.of(new ScriptedPeer("mute", script));
        Gathering gathering = Gathering.open(peers, Place.DEFAULT_MTU);
        try (gathering) {
            assertThatThrownBy(() -> gathering.start(peers, _ -> {}))
                    .isInstanceOf(LabException.class)
                    .hasMessageContaining("mute: does not connect")
                    .hasMessageContaining("key rejected by one")
                    .hasMessageContaining("key rejected by two");
        }
        assertThat(gathering.lab().remains()).isEmpty();
    }

    @Test
    void failsAtOnceWhenAPeerEnds(@TempDir Path folder) throws Exception {
        List<Peer> peers = List.of(new ScriptedPeer("gone", script(folder, "echo bad option; exit 1")));
        try (Gathering gathering = Gathering.open(peers, Place.DEFAULT_MTU)) {
            assertThatThrownBy(() -> gathering.start(peers, _ -> {}))
                    .hasMessageContaining("gone: does not connect")
                    .hasMessageContaining("bad option");
        }
    }

    @Test
    void refusesADeviceOfAnotherSize(@TempDir Path folder) throws Exception {
        String script = "PEER_MTU=1300 exec " + EXAMPLE.toAbsolutePath();
        List<Peer> peers = List.of(new ScriptedPeer("small", script(folder, script)));
        try (Gathering gathering = Gathering.open(peers, Place.DEFAULT_MTU)) {
            assertThatThrownBy(() -> gathering.start(peers, _ -> {}))
                    .hasMessageContaining("small: its device in one has another MTU than 1404")
                    .hasMessageContaining("mtu=1300");
        }
    }

    @Test
    void takesAPeerThatEndsForNoResult(@TempDir Path folder) throws Exception {
        String script = "echo out of memory; exec " + EXAMPLE.toAbsolutePath();
        List<Peer> peers = List.of(new ScriptedPeer("mortal", script(folder, script)));
        try (Gathering gathering = Gathering.open(peers, Place.DEFAULT_MTU)) {
            gathering.start(peers, _ -> {});
            RunningPeer peer = gathering.running().getFirst();
            Generator generator = new LivePeers(new OwnGenerator(gathering.one(), gathering.two()));
            Generator.Window killing = new Generator.Window() {
                @Override
                public void opens() throws LabException {
                    peer.ends().getLast().kill();
                }

                @Override
                public void closes() {}
            };
            assertThatThrownBy(
                            () -> generator.run(peer, new Workload.UdpRate(64, 1000), Duration.ofMillis(200), killing))
                    .isInstanceOf(LabException.class)
                    .hasMessageContaining("mortal: an end is gone")
                    .hasMessageContaining("out of memory");
        }
    }

    private static Path script(Path folder, String text) throws Exception {
        Path script = Files.writeString(folder.resolve("script"), "#!/bin/sh\n" + text + "\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
        return script;
    }
}
