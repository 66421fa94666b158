package dev.culvert.it.tap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.lab.LabException;
import dev.culvert.lab.LabHost;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;

/** A host that sends every datagram back to where it came from. */
final class UdpEcho implements AutoCloseable {
    private static final int MAX_DATAGRAM_BYTES = 65_536;
    /** Sent at once: more may not fit the sockets' buffers. */
    private static final int BURST = 8;
    /** Numbers of datagrams are a byte. */
    private static final int MAX_COUNT = 256;

    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(3);

    private final DatagramSocket socket;

    private UdpEcho(DatagramSocket socket) {
        this.socket = socket;
    }

    static UdpEcho open(LabHost host) throws LabException {
        UdpEcho echo = new UdpEcho(host.call(() -> new DatagramSocket(0)));
        Thread.ofPlatform().daemon().name("udp-echo").start(echo::answer);
        return echo;
    }

    private void answer() {
        DatagramPacket packet = new DatagramPacket(new byte[MAX_DATAGRAM_BYTES], MAX_DATAGRAM_BYTES);
        try {
            while (true) {
                packet.setLength(MAX_DATAGRAM_BYTES);
                socket.receive(packet);
                socket.send(packet);
            }
        } catch (SocketException closed) {
            // the test is over
        } catch (IOException broken) {
            throw new AssertionError("UDP echo", broken);
        }
    }

    /** All datagrams of this length come back as they left. */
    void assertEchoes(LabHost from, String address, int bytes, int count) throws IOException {
        assertThat(echoed(from, address, bytes, count, ANSWER_LIMIT))
                .as("datagrams of %d bytes from %s that %s sent back", bytes, from, address)
                .isEqualTo(count);
    }

    /** How many of {@code count} datagrams came back, as they left; nothing else may come. */
    int echoed(LabHost from, String address, int bytes, int count, Duration patience) throws IOException {
        assertThat(count).isLessThanOrEqualTo(MAX_COUNT);
        Random random = new Random(bytes);
        Set<ByteBuffer> sent = new HashSet<>();
        Set<ByteBuffer> missing = new HashSet<>();
        try (DatagramSocket client = from.call(() -> new DatagramSocket(0))) {
            client.setSoTimeout(Math.toIntExact(patience.toMillis()));
            client.connect(new InetSocketAddress(address, socket.getLocalPort()));
            for (int number = 0; number < count; number++) {
                byte[] datagram = new byte[bytes];
                random.nextBytes(datagram);
                datagram[0] = (byte) number;
                sent.add(ByteBuffer.wrap(datagram));
                missing.add(ByteBuffer.wrap(datagram));
                client.send(new DatagramPacket(datagram, bytes));
                if (number % BURST == BURST - 1 || number == count - 1) {
                    awaitAnswers(client, sent, missing);
                }
            }
        }
        return sent.size() - missing.size();
    }

    private static void awaitAnswers(DatagramSocket client, Set<ByteBuffer> sent, Set<ByteBuffer> missing)
            throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[MAX_DATAGRAM_BYTES], MAX_DATAGRAM_BYTES);
        int lostBefore = Math.max(0, missing.size() - BURST);
        try {
            while (missing.size() > lostBefore) {
                packet.setLength(MAX_DATAGRAM_BYTES);
                client.receive(packet);
                ByteBuffer answer = ByteBuffer.wrap(Arrays.copyOf(packet.getData(), packet.getLength()));
                assertThat(sent.contains(answer))
                        .as("came back as it left: %d bytes", packet.getLength())
                        .isTrue();
                missing.remove(answer);
            }
        } catch (SocketTimeoutException _) {
            // the caller counts
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
