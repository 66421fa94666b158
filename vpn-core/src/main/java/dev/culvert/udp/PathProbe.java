package dev.culvert.udp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out what is wrong with a remote address whose handshakes stay unanswered: a wrong port, a host that is not
 * there, or one that is there and keeps silent, as a Culvert does to a wrong key.
 *
 * <p>What is sent: UDP datagrams of one zero byte, two to the tunnel's port, then one to each of three ports from 33434
 * up, where traceroute too expects nobody. What is learned comes from the ICMP answers. This is harmless: a
 * Culvert drops such a datagram and counts it as malformed, a WireGuard drops it too, and five datagrams of 29 bytes are
 * less than the handshake they explain. ICMP is neither reliable nor authentic, so a finding is advice for people and
 * never changes what the tunnel does.
 */
public final class PathProbe {
    private static final Logger LOG = LoggerFactory.getLogger(PathProbe.class);

    private static final int FIRST_CLOSED_PORT = 33_434;
    private static final int CLOSED_PORTS = 3;

    /** Linux answers at most about one such probe a second and address, after a burst of six: so few are sent. */
    private static final int SENDS_TO_PORT = 2;

    /** A zero byte, no type of any message. Empty would do, but a connected socket of the JDK then sends nothing. */
    private static final byte[] CONTENT = new byte[1];

    private PathProbe() {}

    /** What the probe found. */
    public enum Finding {
        /** The host says that nobody listens on this port: wrong port, or no tunnel runs there. */
        PORT_CLOSED,
        /** This machine or a router says that there is no way to the address, or that it is forbidden. */
        UNREACHABLE,
        /** The host is alive but the port says nothing: a tunnel that does not know our key, or a firewall. */
        HOST_ALIVE_PORT_SILENT,
        /** Nothing came back: the host is down, or a firewall drops everything. */
        SILENT
    }

    private enum Answer {
        PORT_CLOSED,
        /** Another ICMP error: no route from some router on, or a firewall that says so. */
        REJECTED,
        /** Nothing left this machine. */
        NOT_SENT,
        NONE
    }

    /**
     * Blocks for at most about {@code timeout}, half of which should exceed the round trip; for a virtual or worker
     * thread, never for a loop. Its sockets are its own and closed on return.
     */
    public static Finding probe(InetSocketAddress remote, Duration timeout) {
        if (remote.isUnresolved()) {
            return Finding.UNREACHABLE;
        }
        Duration half = timeout.dividedBy(2);
        return switch (ask(List.of(remote), SENDS_TO_PORT, half)) {
            case PORT_CLOSED -> Finding.PORT_CLOSED;
            case REJECTED, NOT_SENT -> Finding.UNREACHABLE;
            case NONE ->
                switch (ask(closedPorts(remote.getAddress()), 1, half)) {
                    // A firewall that rejects these but was silent before stands at the host, or is the host.
                    case PORT_CLOSED, REJECTED -> Finding.HOST_ALIVE_PORT_SILENT;
                    case NOT_SENT, NONE -> Finding.SILENT;
                };
        };
    }

    private static List<InetSocketAddress> closedPorts(InetAddress host) {
        return IntStream.range(FIRST_CLOSED_PORT, FIRST_CLOSED_PORT + CLOSED_PORTS)
                .mapToObj(port -> new InetSocketAddress(host, port))
                .toList();
    }

    private static Answer ask(List<InetSocketAddress> targets, int sends, Duration timeout) {
        List<DatagramChannel> channels = new ArrayList<>();
        try (Selector selector = Selector.open()) {
            for (InetSocketAddress target : targets) {
                DatagramChannel channel = DatagramChannel.open();
                channels.add(channel);
                channel.configureBlocking(false);
                channel.connect(target); // only a connected socket is told of ICMP errors
                channel.register(selector, SelectionKey.OP_READ);
            }
            Answer answer = Answer.NONE;
            for (int i = 0; i < sends && answer == Answer.NONE; i++) {
                for (DatagramChannel channel : channels) {
                    channel.write(ByteBuffer.wrap(CONTENT));
                }
                answer = await(selector, timeout.dividedBy(sends));
            }
            return answer;
        } catch (PortUnreachableException _) { // the answer to the first datagram met the sending of the second
            return Answer.PORT_CLOSED;
        } catch (IOException e) { // ENETUNREACH, EHOSTUNREACH, EACCES, EPERM
            LOG.debug("cannot probe {}: {}", targets, e.getMessage());
            return Answer.NOT_SENT;
        } finally {
            channels.forEach(PathProbe::close);
        }
    }

    /** Waits for the first ICMP error; datagrams that arrive say nothing and are dropped. */
    private static Answer await(Selector selector, Duration timeout) throws IOException {
        long deadlineNanos = System.nanoTime() + timeout.toNanos();
        ByteBuffer ignored = ByteBuffer.allocate(1);
        for (long left = timeout.toNanos(); left > 0; left = deadlineNanos - System.nanoTime()) {
            selector.select(Math.max(1, Duration.ofNanos(left).toMillis()));
            for (SelectionKey key : selector.selectedKeys()) {
                try {
                    ((DatagramChannel) key.channel()).read(ignored.clear());
                } catch (PortUnreachableException _) {
                    return Answer.PORT_CLOSED;
                } catch (IOException e) {
                    LOG.debug("probe answered by {}", e.getMessage());
                    return Answer.REJECTED;
                }
            }
            selector.selectedKeys().clear();
        }
        return Answer.NONE;
    }

    private static void close(DatagramChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("closing a probe's socket", e);
        }
    }
}
