package dev.culvert.udp;

import static dev.culvert.udp.PathProbe.Finding.HOST_ALIVE_PORT_SILENT;
import static dev.culvert.udp.PathProbe.Finding.PORT_CLOSED;
import static dev.culvert.udp.PathProbe.Finding.UNREACHABLE;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PathProbeTest {
    private static final Duration TIMEOUT = Duration.ofMillis(400);
    private static final int CLOSED_PORT = 1; // tcpmux, which is of TCP only

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void findsAClosedPort(String host) throws Exception {
        // None that was free a moment ago: the probe's own socket, or another program's, may be given it now.
        assertThat(PathProbe.probe(TestSocket.address(host, CLOSED_PORT), TIMEOUT))
                .isEqualTo(PORT_CLOSED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void findsASilentPortOnALivingHost(String host) throws Exception {
        try (DatagramSocket silent = new DatagramSocket(0, InetAddress.ofLiteral(host))) {
            assertThat(PathProbe.probe(TestSocket.address(host, silent.getLocalPort()), TIMEOUT))
                    .isEqualTo(HOST_ALIVE_PORT_SILENT);
        }
    }

    @Test
    void cannotReachANameThatIsNotResolved() {
        assertThat(PathProbe.probe(InetSocketAddress.createUnresolved("vpn.example.org", 51820), TIMEOUT))
                .isEqualTo(UNREACHABLE);
    }
}
