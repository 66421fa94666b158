package dev.culvert.udp;

import static dev.culvert.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.metrics.CounterId;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

/** How many calls a send is, which is known beforehand; {@code CrossingCountersIT} compares long runs with the kernel. */
class CountedCallsTest {
    private static final int DATAGRAM_BYTES = 1000;
    private static final int DATAGRAMS = 20;

    @Test
    void aBurstIsOneCallWhereItLeavesAsOne() throws Exception {
        try (TestSocket from = TestSocket.bind(IoBackend.epoll(), "127.0.0.1");
                TestSocket to = TestSocket.bind(IoBackend.epoll(), "127.0.0.1")) {
            sendBurst(from, to);

            assertThat(calls(from, CounterId.UDP_SEND_CALLS)).isOne();
            assertThat(calls(to, CounterId.UDP_SEND_CALLS)).isZero();
        }
    }

    @Test
    void singleDatagramsFlushedTogetherAreOneCall() throws Exception {
        try (TestSocket from = TestSocket.bind(IoBackend.epoll().withoutUdpOffload(), "127.0.0.1");
                TestSocket to = TestSocket.bind(IoBackend.epoll().withoutUdpOffload(), "127.0.0.1")) {
            sendBurst(from, to);

            assertThat(calls(from, CounterId.UDP_SEND_CALLS)).isOne();
        }
    }

    @Test
    void flushedOneByOneEachIsACall() throws Exception {
        try (TestSocket from = TestSocket.bind(IoBackend.epoll(), "127.0.0.1");
                TestSocket to = TestSocket.bind(IoBackend.epoll(), "127.0.0.1")) {
            InetSocketAddress remote = to.at("127.0.0.1");
            for (int i = 0; i < DATAGRAMS; i++) {
                from.send(new byte[DATAGRAM_BYTES], DATAGRAM_BYTES, remote);
            }
            eventually("all arrived", () -> to.received.size() == DATAGRAMS);

            assertThat(calls(from, CounterId.UDP_SEND_CALLS)).isEqualTo(DATAGRAMS);
            assertThat(calls(from, CounterId.LOOP_WAIT_CALLS)).isPositive(); // several may have been sent in one wakeup
        }
    }

    @Test
    void withNioEveryDatagramIsACallAtBothEnds() throws Exception {
        try (TestSocket from = TestSocket.bind(IoBackend.nio(), "127.0.0.1");
                TestSocket to = TestSocket.bind(IoBackend.nio(), "127.0.0.1")) {
            sendBurst(from, to);

            assertThat(calls(from, CounterId.UDP_SEND_CALLS)).isEqualTo(DATAGRAMS);
            assertThat(calls(to, CounterId.UDP_RECEIVE_CALLS)).isGreaterThan(DATAGRAMS); // and one that finds nothing
            assertThat(calls(to, CounterId.LOOP_WAIT_CALLS)).isPositive();
        }
    }

    private static void sendBurst(TestSocket from, TestSocket to) throws Exception {
        from.send(new byte[DATAGRAMS * DATAGRAM_BYTES], DATAGRAM_BYTES, to.at("127.0.0.1"));
        eventually("all arrived", () -> to.received.size() == DATAGRAMS);
        eventually("all sent", () -> from.sent.get() == DATAGRAMS);
        to.run(() -> {}); // the receive that brought the last one has ended
    }

    private static long calls(TestSocket socket, CounterId id) {
        return socket.loop.counters().get(id);
    }
}
