package dev.culvert.udp;

import static dev.culvert.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.device.linux.NetworkNamespace;
import dev.culvert.metrics.CounterId;
import dev.culvert.testkit.RequiresRoot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What needs a network of its own: a small MTU, no route, a host that never answers. */
@RequiresRoot
class NamespacedUdpTest {
    private static final Duration TIMEOUT = Duration.ofMillis(400);

    private final String name = "culvert-udp-" + ProcessHandle.current().pid();

    @BeforeEach
    void create() throws Exception {
        run("ip", "netns", "add", name);
        ip("link set lo up mtu 600");
    }

    @AfterEach
    void delete() throws Exception {
        run("ip", "netns", "delete", name);
    }

    @Test
    void sendsSinglyWhatDoesNotFitTheMtuAsSegments() throws Exception {
        NetworkNamespace.run(name, () -> {
            try (TestSocket from = TestSocket.bind(IoBackend.epoll(), "127.0.0.1");
                    TestSocket to = TestSocket.bind(IoBackend.epoll(), "127.0.0.1")) {
                from.send(new byte[10_000], 1000, to.at("127.0.0.1")); // the kernel fragments each of them

                eventually("every datagram", () -> to.received.size() == 10);
                assertThat(from.sent).hasValue(10);
                assertThat(from.accountedFor()).isEqualTo(10);
                assertThat(refused(from)).isOne();

                from.send(new byte[10_000], 1000, to.at("127.0.0.1"));
                from.send(new byte[5_000], 500, to.at("127.0.0.1"));
                eventually("the datagrams of later bursts", () -> to.received.size() == 30);
                assertThat(refused(from))
                        .as("the large segments are not tried again, the small ones fit")
                        .isOne();
            }
        });
    }

    private static long refused(TestSocket socket) {
        return socket.loop.counters().get(CounterId.SEGMENTED_SENDS_REFUSED);
    }

    @Test
    void enlargesTheBuffersBeyondTheLimitsOfTheSystem() throws Exception {
        NetworkNamespace.run(name, () -> {
            try (TestSocket socket = TestSocket.bind(IoBackend.epoll(), "127.0.0.1")) {
                assertThat(socket.transport.description())
                        .contains("8192/8192 KiB"); // the kernel doubles what it is told
            }
        });
    }

    @Test
    void knowsWhatTheWayCarries() throws Exception {
        ip("link add udp0 mtu 1400 type veth peer name udp1 mtu 1400");
        ip("link set udp0 up");
        ip("link set udp1 up");
        ip("addr add 192.0.2.7/24 dev udp0");
        ip("route add 198.51.100.0/24 via 192.0.2.1 dev udp0 mtu lock 1300");

        NetworkNamespace.run(name, () -> {
            assertThat(PathMtu.to(TestSocket.address("127.0.0.1", 9))).hasValue(600);
            assertThat(PathMtu.to(TestSocket.address("192.0.2.1", 9))).hasValue(1400);
            assertThat(PathMtu.to(TestSocket.address("198.51.100.1", 9))).hasValue(1300);
            assertThat(PathMtu.to(TestSocket.address("203.0.113.1", 9)))
                    .as("no route")
                    .isEmpty();
        });
    }

    @Test
    void findsThatThereIsNoRoute() throws Exception {
        assertThat(probe("192.0.2.1")).isEqualTo(PathProbe.Finding.UNREACHABLE);
    }

    @Test
    void findsThatTheWayIsProhibited() throws Exception {
        ip("route add prohibit 192.0.2.0/24");

        assertThat(probe("192.0.2.1")).isEqualTo(PathProbe.Finding.UNREACHABLE);
    }

    @Test
    void findsAHostThatNeverAnswers() throws Exception {
        ip("link add udp0 type veth peer name udp1");
        ip("link set udp0 up");
        ip("link set udp1 up");
        ip("addr add 192.0.2.7/24 dev udp0");
        ip("neigh add 192.0.2.1 lladdr 02:00:00:00:00:01 dev udp0"); // a host with this address does not exist

        assertThat(probe("192.0.2.1")).isEqualTo(PathProbe.Finding.SILENT);
    }

    private PathProbe.Finding probe(String host) throws Exception {
        return NetworkNamespace.call(name, () -> PathProbe.probe(TestSocket.address(host, 51820), TIMEOUT));
    }

    private void ip(String arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("ip", "-n", name));
        command.addAll(List.of(arguments.split(" ")));
        run(command.toArray(String[]::new));
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor())
                .as(String.join(" ", command) + ": " + output)
                .isZero();
    }
}
