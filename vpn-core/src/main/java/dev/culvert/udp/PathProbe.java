package dev.culvert.udp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out what is wrong with a remote address whose handshakes stay unanswered: a wrong port, a host that is not
 * there, or one that is there and keeps silent, as a Culvert does to a wrong key.
 *
 * <p>What is sent: a few UDP datagrams without content, first two to the tunnel's port, then one to each of three ports
 * from 33434 up, where traceroute too expects nobody. What is learned comes from the ICMP answers. This is harmless: a
 * Culvert drops an empty datagram and counts it as malformed, a WireGuard ignores it, and six datagrams of 28 bytes are
 * less than the handshake they explain. ICMP is neither reliable nor authentic, so a finding is advice for people and
 * never changes what the tunnel does.
 */
public final class PathProbe {
    private static final Logger LOG = LoggerFactory.getLogger(PathProbe.class);

    private static final int FIRST_CLOSED_PORT = 33_434;
    private static final int CLOSED_PORTS = 3;

    /** Linux answers at most about one such probe a second and address, after a burst of six: so few are sent. */
    private static final int SENDS_TO_PORT = 2;

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
        UNREACHABLE,
        NONE
    }

    /**
     * Blocks for at most about {@code timeout}; for a virtual or worker thread, never for a loop. Its sockets are its
     * own and closed on return.
     */
    public static Finding probe(InetSocketAddress remote, Duration timeout) {
        if (remote.isUnresolved()) {
            return Finding.UNREACHABLE;
        }
        Duration half = timeout.dividedBy(2);
        return switch (ask(remote, half, SENDS_TO_PORT)) {
            case PORT_CLOSED -> Finding.PORT_CLOSED;
            case UNREACHABLE -> Finding.UNREACHABLE;
            case NONE -> isAlive(remote.getAddress(), half) ? Finding.HOST_ALIVE_PORT_SILENT : Finding.SILENT;
        };
    }

    private static boolean isAlive(InetAddress host, Duration timeout) {
        Duration each = timeout.dividedBy(CLOSED_PORTS);
        for (int i = 0; i < CLOSED_PORTS; i++) {
            if (ask(new InetSocketAddress(host, FIRST_CLOSED_PORT + i), each, 1) == Answer.PORT_CLOSED) {
                return true;
            }
        }
        return false;
    }

    /** Only a connected socket is told of ICMP errors, on its next call. */
    private static Answer ask(InetSocketAddress remote, Duration timeout, int sends) {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(remote);
            int waitMillis = Math.max(1, Math.toIntExact(timeout.toMillis() / sends));
            socket.setSoTimeout(waitMillis);
            for (int i = 0; i < sends; i++) {
                socket.send(new DatagramPacket(new byte[0], 0));
                if (awaitAnswer(socket)) {
                    return Answer.NONE; // a datagram: whatever it is, it is no ICMP error
                }
            }
            return Answer.NONE;
        } catch (PortUnreachableException _) {
            return Answer.PORT_CLOSED;
        } catch (IOException | UncheckedIOException e) { // EHOSTUNREACH, ENETUNREACH, EACCES, EPERM
            LOG.debug("probe of {}: {}", remote, e.getMessage());
            return Answer.UNREACHABLE;
        }
    }

    private static boolean awaitAnswer(DatagramSocket socket) throws IOException {
        try {
            socket.receive(new DatagramPacket(new byte[1], 1));
            return true;
        } catch (SocketTimeoutException _) {
            return false;
        }
    }
}
