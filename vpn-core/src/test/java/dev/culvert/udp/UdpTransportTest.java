package dev.culvert.udp;

import static dev.culvert.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract of {@link UdpTransport}, over real sockets, kept by every backend and with offloads on and off. */
@ParameterizedClass(name = "{0}")
@MethodSource("backends")
class UdpTransportTest {
    private static final int MAX_UDP_PAYLOAD = 65_507; // of an IPv4 datagram

    private final IoBackend backend;

    UdpTransportTest(IoBackend backend) {
        this.backend = backend;
    }

    static Stream<IoBackend> backends() {
        return Stream.of(IoBackend.epoll(), IoBackend.epoll().withoutUdpOffload(), IoBackend.nio());
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1, 127.0.0.1", "::1, ::1", "::, 127.0.0.1", "::, ::1", "0.0.0.0, 127.0.0.1"})
    void carriesADatagramBothWays(String listen, String reachedAt) throws Exception {
        try (TestSocket a = TestSocket.bind(backend, listen);
                TestSocket b = TestSocket.bind(backend, listen)) {
            a.send(bytes(100), 100, b.at(reachedAt));
            eventually("a datagram at b", () -> b.received.size() == 1);
            assertThat(b.received.getFirst().from()).isEqualTo(a.at(reachedAt));
            b.send(bytes(60), 60, b.received.getFirst().from());

            eventually("a datagram at a", () -> a.received.size() == 1);
            assertThat(b.received.getFirst().bytes()).isEqualTo(ByteBuffer.wrap(bytes(100)));
            assertThat(a.received.getFirst().bytes()).isEqualTo(ByteBuffer.wrap(bytes(60)));
            eventually("the end of a receive", () -> a.receiveCompletions.get() > 0);
        }
    }

    @Test
    void tellsAnIpv4SenderByItsIpv4AddressOnADualStackSocket() throws Exception {
        try (TestSocket dual = TestSocket.bind(backend, "::");
                TestSocket ipv4 = TestSocket.bind(backend, "127.0.0.1");
                TestSocket ipv6 = TestSocket.bind(backend, "::1")) {
            ipv4.send(bytes(10), 10, dual.at("127.0.0.1"));
            eventually("the IPv4 datagram", () -> dual.received.size() == 1);
            ipv6.send(bytes(10), 10, dual.at("::1"));
            eventually("the IPv6 datagram", () -> dual.received.size() == 2);

            assertThat(dual.received.get(0).from().getAddress()).isInstanceOf(Inet4Address.class);
            assertThat(dual.received.get(1).from().getAddress()).isInstanceOf(Inet6Address.class);
        }
    }

    @ParameterizedTest(name = "{0} bytes in segments of {1}")
    @CsvSource({
        "1450, 1450",
        "2900, 1450",
        "2901, 1450",
        "63, 1",
        "64, 1",
        "65, 1",
        "129, 1",
        "64000, 1000",
        "100000, 1450",
        "66001, 2048"
    })
    void cutsABufferIntoItsDatagramsAndAccountsForEach(int size, int segmentBytes) throws Exception {
        byte[] all = bytes(size);
        int count = (size - 1) / segmentBytes + 1;
        try (TestSocket from = TestSocket.bind(backend, "127.0.0.1");
                TestSocket to = TestSocket.bind(backend, "127.0.0.1")) {
            from.send(all, segmentBytes, to.at("127.0.0.1"));

            eventually("all datagrams", () -> to.received.size() == count);
            assertThat(to.received)
                    .extracting(TestSocket.Received::bytes)
                    .containsExactlyElementsOf(cut(all, segmentBytes));
            assertThat(to.received).allMatch(TestSocket.Received::inPlace, "writable and direct");
            eventually("the account", () -> from.sent.get() == count);
            assertThat(from.accountedFor()).isEqualTo(count);
        }
    }

    @Test
    void keepsManyQueuedSendsApart() throws Exception {
        List<ByteBuffer> expected = new ArrayList<>();
        try (TestSocket from = TestSocket.bind(backend, "127.0.0.1");
                TestSocket to = TestSocket.bind(backend, "127.0.0.1")) {
            InetSocketAddress remote = to.at("127.0.0.1");
            from.run(() -> {
                for (int i = 1; i <= 40; i++) {
                    byte[] burst = bytes(i * 10 + 3);
                    expected.addAll(cut(burst, 10));
                    from.transport.send(TestSocket.buffer(burst), 10, remote);
                }
                from.transport.flush();
            });

            eventually("all datagrams", () -> to.received.size() == expected.size());
            assertThat(to.received).extracting(TestSocket.Received::bytes).containsExactlyElementsOf(expected);
            eventually("the account", () -> from.accountedFor() == expected.size());
        }
    }

    @Test
    void reportsADatagramBeyondUdpsLimitAsTooLarge() throws Exception {
        try (TestSocket from = TestSocket.bind(backend, "127.0.0.1");
                TestSocket to = TestSocket.bind(backend, "127.0.0.1")) {
            from.send(bytes(MAX_UDP_PAYLOAD + 1), MAX_UDP_PAYLOAD + 1, to.at("127.0.0.1"));

            eventually("the account", () -> from.tooLarge.get() == 1);
            assertThat(from.accountedFor()).isEqualTo(1);
        }
    }

    @Test
    void cutsOffWhatIsLongerThanTheLargestDatagram() throws Exception {
        byte[] tooLong = bytes(TestSocket.MAX_DATAGRAM_BYTES + 500);
        try (TestSocket from = TestSocket.bind(backend, "127.0.0.1");
                TestSocket to = TestSocket.bind(backend, "127.0.0.1")) {
            from.send(tooLong, tooLong.length, to.at("127.0.0.1"));

            eventually("the rest of the datagram", () -> to.received.size() == 1);
            assertThat(to.received.getFirst().bytes())
                    .isEqualTo(ByteBuffer.wrap(tooLong, 0, TestSocket.MAX_DATAGRAM_BYTES));
        }
    }

    @Test
    void survivesAPortThatIsClosed() throws Exception {
        try (TestSocket from = TestSocket.bind(backend, "127.0.0.1");
                TestSocket to = TestSocket.bind(backend, "127.0.0.1")) {
            InetSocketAddress closed = closedPort();
            for (int i = 0; i < 10; i++) {
                from.send(bytes(3000), 1000, closed);
            }
            from.send(bytes(3000), 1000, to.at("127.0.0.1"));

            eventually("the datagrams of the open port", () -> to.received.size() == 3);
            eventually("the account", () -> from.accountedFor() == 33);
            assertThat(from.failed).hasValue(0);
        }
    }

    @Test
    void deliversAnEmptyDatagram() throws Exception { // the probe of a peer's PathProbe, which is to be counted
        try (TestSocket to = TestSocket.bind(backend, "127.0.0.1");
                DatagramSocket stranger = new DatagramSocket()) {
            stranger.send(new DatagramPacket(new byte[0], 0, to.at("127.0.0.1")));
            stranger.send(new DatagramPacket(new byte[1], 1, to.at("127.0.0.1")));

            eventually("both datagrams", () -> to.received.size() == 2);
            assertThat(to.received.getFirst().bytes().remaining()).isZero();
        }
    }

    @Test
    void refusesAnIpv6RemoteOnAnIpv4Socket() throws Exception { // else it would go to an IPv4 address made of its end
        try (TestSocket from = TestSocket.bind(backend, "0.0.0.0")) {
            from.send(bytes(2000), 1000, TestSocket.address("::1", 9));

            assertThat(from.failed).hasValue(2);
            assertThat(from.accountedFor()).isEqualTo(2);
        }
    }

    @Test
    void holdsDatagramsUntilThereIsAReceiver() throws Exception {
        LaneLoop loop = backend.newLoop("late");
        try (TestSocket from = TestSocket.bind(backend, "127.0.0.1");
                loop;
                UdpTransport early = loop.bind(TestSocket.address("127.0.0.1", 0), 2048)) {
            from.send(bytes(5), 5, early.localAddress());
            eventually("the datagram is out", () -> from.sent.get() == 1);
            TestSocket late = TestSocket.bind(backend, "127.0.0.1");
            early.receive(late);

            eventually("the datagram", () -> late.received.size() == 1);
            late.close();
        }
    }

    @Test
    void accountsForWhatIsStillQueuedWhenItCloses() throws Exception {
        try (TestSocket from = TestSocket.bind(backend, "127.0.0.1")) {
            from.run(() -> {
                from.transport.send(TestSocket.buffer(bytes(5000)), 1000, closedPort());
                from.transport.close();
            });
            eventually("the account", () -> from.failed.get() == 5);
            from.send(bytes(2000), 1000, closedPort());
            eventually("the account of a closed socket", () -> from.failed.get() == 7);
            assertThat(from.accountedFor()).isEqualTo(7);
        }
    }

    @Test
    void accountsForWhatIsStillQueuedWhenItsLoopCloses() throws Exception {
        TestSocket from = TestSocket.bind(backend, "127.0.0.1");
        int queued = 300;
        from.run(() -> {
            for (int i = 0; i < queued; i++) {
                from.transport.send(TestSocket.buffer(bytes(2000)), 1000, closedPort());
            }
        });
        from.close();
        assertThat(from.accountedFor()).isEqualTo(queued * 2);
    }

    @Test
    void saysThatAnAddressIsInUse() throws Exception {
        try (TestSocket first = TestSocket.bind(backend, "127.0.0.1")) {
            assertThatThrownBy(() -> TestSocket.bind(backend.newLoop("second"), first.at("127.0.0.1")))
                    .isInstanceOf(UdpException.class)
                    .hasMessageContaining("127.0.0.1:" + first.port())
                    .hasMessageContaining("EADDRINUSE")
                    .hasMessageContaining("choose another port");
        }
    }

    @Test
    void saysThatAnAddressIsNotOfThisMachine() {
        assertThatThrownBy(() -> TestSocket.bind(backend, "192.0.2.1"))
                .isInstanceOf(UdpException.class)
                .hasMessageContaining("192.0.2.1:0")
                .hasMessageContaining("EADDRNOTAVAIL");
    }

    /** As the lanes of a tunnel do. */
    @ParameterizedTest
    @CsvSource({"127.0.0.1, 127.0.0.1", "::, 127.0.0.1", "::, ::1"})
    void sharesItsPortOnceItIsAllowedTo(String listen, String reachedAt) throws Exception {
        try (TestSocket first = TestSocket.bind(backend, listen)) {
            assertThatThrownBy(() ->
                            TestSocket.bind(backend.withSharedPort().newLoop("second"), first.transport.localAddress()))
                    .isInstanceOf(UdpException.class)
                    .hasMessageContaining("EADDRINUSE");
            first.transport.sharePort();
            try (TestSocket second =
                    TestSocket.bind(backend.withSharedPort().newLoop("second"), first.transport.localAddress())) {
                assertThat(second.port()).isEqualTo(first.port());
                assertThatThrownBy(() ->
                                TestSocket.bind(backend.newLoop("another tunnel"), first.transport.localAddress()))
                        .isInstanceOf(UdpException.class)
                        .hasMessageContaining("EADDRINUSE");
                assertEachSenderIsHeardByOneOfThem(first, second, reachedAt);
            }
        }
    }

    private void assertEachSenderIsHeardByOneOfThem(TestSocket first, TestSocket second, String reachedAt)
            throws Exception {
        int senders = 16;
        for (int i = 0; i < senders; i++) {
            try (TestSocket sender = TestSocket.bind(backend, reachedAt)) {
                sender.send(bytes(300), 100, first.at(reachedAt));
                int heard = 3 * (i + 1);
                eventually("all datagrams", () -> first.received.size() + second.received.size() == heard);
            }
        }
        assertThat(first.received).isNotEmpty();
        assertThat(second.received).isNotEmpty();
        assertThat(first.received.stream().map(TestSocket.Received::from))
                .doesNotContainAnyElementsOf(
                        second.received.stream().map(TestSocket.Received::from).toList());
    }

    @Test
    void describesItsSocket() throws Exception {
        try (TestSocket socket = TestSocket.bind(backend, "127.0.0.1")) {
            assertThat(socket.transport.description()).contains("buffers");
        }
    }

    private static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        new Random(count).nextBytes(bytes);
        return bytes;
    }

    private static List<ByteBuffer> cut(byte[] all, int segmentBytes) {
        List<ByteBuffer> segments = new ArrayList<>();
        for (int from = 0; from < all.length; from += segmentBytes) {
            segments.add(ByteBuffer.wrap(Arrays.copyOfRange(all, from, Math.min(all.length, from + segmentBytes))));
        }
        return segments;
    }

    private static InetSocketAddress closedPort() {
        try (DatagramSocket once = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return TestSocket.address("127.0.0.1", once.getLocalPort());
        } catch (java.net.SocketException e) {
            throw new AssertionError(e);
        }
    }
}
