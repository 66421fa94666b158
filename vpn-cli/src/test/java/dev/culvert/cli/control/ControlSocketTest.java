package dev.culvert.cli.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.culvert.cli.Golden;
import dev.culvert.cli.render.StatusSamples;
import dev.culvert.tunnel.TunnelStatus;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ControlSocketTest {
    private static final TunnelStatus STATUS = StatusSamples.busy();

    @TempDir
    Path directory;

    private Path runPath;
    private RunDirectory run;
    private ControlClient client;
    private final AtomicInteger stops = new AtomicInteger();

    @BeforeEach
    void makeDirectory() {
        runPath = directory.resolve("run");
        run = RunDirectory.at(runPath);
        client = new ControlClient(run);
    }

    @Test
    void aStatusTravelsWhole() throws IOException {
        try (ControlServer _ = serving("culvert0")) {
            assertThat(client.status("culvert0")).isEqualTo(STATUS);
        }
    }

    @Test
    void theJsonIsAnInterface() throws IOException {
        String pid = "\"processId\" : " + ProcessHandle.current().pid();

        Golden.assertSame("status-busy.json", Json.pretty(STATUS).replace(pid, "\"processId\" : 4711") + "\n");
    }

    @Test
    void everyTunnelOfTheNamespaceIsListed() throws IOException {
        try (ControlServer _ = serving("b");
                ControlServer _ = serving("a")) {
            assertThat(client.all().tunnels()).hasSize(2);
        }
        assertThat(client.all().tunnels()).isEmpty();
    }

    @Test
    void aTunnelThatDoesNotAnswerHidesNoOther() throws IOException {
        try (ControlServer _ = serving("good");
                ControlServer stopping = ControlServer.bind(run, "bad")) {
            stopping.serve(
                    () -> {
                        throw new IllegalStateException("the tunnel has stopped");
                    },
                    stops::incrementAndGet);

            ControlClient.Answers answers = client.all();

            assertThat(answers.tunnels()).containsExactly(STATUS);
            assertThat(answers.failures())
                    .singleElement()
                    .extracting(Throwable::getMessage)
                    .isEqualTo("bad: refused: stopping");
        }
    }

    @Test
    void onlyTheOwnerReachesTheSockets() throws IOException {
        try (ControlServer _ = serving("culvert0")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(runPath)))
                    .isEqualTo("rwx------");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(runPath.resolve("culvert0.sock"))))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void stoppingReturnsWhenTheTunnelIsGone() throws IOException {
        try (ControlServer _ = serving("culvert0")) {
            client.stop("culvert0", Duration.ofSeconds(10));

            assertThat(stops).hasValue(1);
            assertThat(runPath.resolve("culvert0.sock")).doesNotExist();
            assertThatThrownBy(() -> client.status("culvert0")).isInstanceOf(NotRunningException.class);
        }
    }

    @Test
    void aSecondTunnelOfTheSameNameLearnsWhoHasIt() throws IOException {
        try (ControlServer _ = serving("culvert0")) {
            assertThatThrownBy(() -> ControlServer.bind(run, "culvert0"))
                    .isInstanceOf(AlreadyRunningException.class)
                    .hasMessage("culvert0: already running (process %d); stop it first: culvert down culvert0"
                            .formatted(ProcessHandle.current().pid()));
            assertThat(client.status("culvert0")).isEqualTo(STATUS);
        }
    }

    @Test
    void theSocketOfADeadProcessIsSweptAway() throws IOException {
        Path socket = deadSocket("culvert0");

        assertThatThrownBy(() -> client.status("culvert0"))
                .isInstanceOf(NotRunningException.class)
                .hasMessage("culvert0: not running; culvert status lists what is");
        assertThat(socket).doesNotExist();
    }

    @Test
    void listingSweepsToo() throws IOException {
        Path socket = deadSocket("culvert0");

        assertThat(client.all().tunnels()).isEmpty();
        assertThat(socket).doesNotExist();
    }

    @Test
    void theNameOfADeadProcessIsFree() throws IOException {
        deadSocket("culvert0");

        try (ControlServer _ = serving("culvert0")) {
            assertThat(client.status("culvert0")).isEqualTo(STATUS);
        }
    }

    @Test
    void closingTwiceLeavesTheNextOwnersSocketAlone() throws IOException {
        ControlServer first = serving("culvert0");
        first.close();
        try (ControlServer _ = serving("culvert0")) {
            first.close();

            assertThat(client.status("culvert0")).isEqualTo(STATUS);
        }
    }

    @Test
    void noDirectoryMeansNothingRuns() throws IOException {
        assertThat(client.all().tunnels()).isEmpty();
        assertThatThrownBy(() -> client.status("culvert0")).isInstanceOf(NotRunningException.class);
        assertThat(runPath).doesNotExist();
    }

    @Test
    void garbageIsRefusedAndHarmsNobody() throws IOException {
        long seed = System.nanoTime();
        System.out.println("ControlSocketTest: seed " + seed);
        Random random = new Random(seed);
        try (ControlServer _ = serving("culvert0")) {
            for (String garbage : List.of(
                    "",
                    "null",
                    "[]",
                    "{}",
                    "7",
                    "\"status\"",
                    "{\"command\":7}",
                    "{\"command\":null}",
                    "{\"command\":{}}",
                    "{\"command\":\"format\"}",
                    "{\"command\":\"status\"",
                    "{\"command\":\"status\"}x",
                    "\u0000",
                    "[".repeat(4000),
                    "{\"command\":\"" + "s".repeat(4000) + "\"}")) {
                assertThat(say(garbage + "\n")).as(garbage).contains("\"ok\":false");
            }
            for (int i = 0; i < 50; i++) {
                byte[] bytes = new byte[random.nextInt(300)];
                random.nextBytes(bytes);
                assertThat(say(new String(bytes, StandardCharsets.ISO_8859_1) + "\n"))
                        .contains("\"ok\":false");
            }
            assertThat(client.status("culvert0")).isEqualTo(STATUS);
            assertThat(stops).hasValue(0);
        }
    }

    @Test
    void anEndlessRequestIsCutOff() throws IOException {
        try (ControlServer _ = serving("culvert0")) {
            assertThat(say("x".repeat(ControlServer.MAX_REQUEST_BYTES + 1) + "\n"))
                    .contains("\"ok\":false");
        }
    }

    @Test
    void silentClientsDoNotKeepOthersOutForEver() throws IOException {
        List<SocketChannel> silent = new ArrayList<>();
        try (ControlServer _ = serving("culvert0")) {
            for (int i = 0; i < ControlServer.MAX_CLIENTS - 1; i++) {
                silent.add(SocketChannel.open(UnixDomainSocketAddress.of(runPath.resolve("culvert0.sock"))));
            }
            assertThat(client.status("culvert0")).isEqualTo(STATUS);
        } finally {
            for (SocketChannel each : silent) {
                each.close();
            }
        }
    }

    private ControlServer serving(String name) throws IOException {
        ControlServer server = ControlServer.bind(run, name);
        server.serve(() -> STATUS, stops::incrementAndGet);
        return server;
    }

    /** A socket file whose listener is closed, as a killed process leaves it. */
    private Path deadSocket(String name) throws IOException {
        run.create();
        Path socket = run.socketOf(name);
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
        }
        assertThat(socket).exists();
        return socket;
    }

    private String say(String request) throws IOException {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(runPath.resolve("culvert0.sock")))) {
            channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.ISO_8859_1)));
            return new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
