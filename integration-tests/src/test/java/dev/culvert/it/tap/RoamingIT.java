package dev.culvert.it.tap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.lab.CulvertProcess;
import dev.culvert.lab.LabException;
import dev.culvert.lab.LabHost;
import dev.culvert.testkit.RequiresRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * One end changes its outer address and, as behind a NAT that forgot it, its port.
 *
 * <pre>
 *  mobile: port 51820 -- rewritten to 40001, then 40002 -- 192.0.2.1, then 192.0.2.77 ---- 192.0.2.2 fixed
 * </pre>
 */
@RequiresRoot
final class RoamingIT {
    private static final long BYTES_PER_SECOND = 4_000_000;
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private TestBed bed;
    private LabHost mobile;
    private LabHost fixed;
    private CulvertProcess fixedTunnel;

    @BeforeEach
    void build() throws IOException {
        bed = TestBed.open("ping", "nft");
        mobile = bed.lab().host("mobile");
        fixed = bed.lab().host("fixed");
        bed.lab().link(mobile, "192.0.2.1/24", fixed, "192.0.2.2/24");
        TunnelEnd one = TunnelEnd.numbered(1, mobile);
        TunnelEnd other = TunnelEnd.numbered(2, fixed);
        // Without the keepalive an end that only receives would not be found again before it has something to say.
        one.peerAt("192.0.2.2", other, "keepalive = \"1s\"");
        other.peer(one);
        outerPort(40001);
        List<CulvertProcess> tunnels = bed.up(one, other);
        fixedTunnel = tunnels.getLast();
        bed.awaitSessions();
    }

    @AfterEach
    void remove() throws LabException {
        bed.close();
    }

    @Test
    void aSenderThatMovesLosesNothing() throws Exception {
        moveDuring(mobile, fixed, "10.99.0.2");
    }

    @Test
    void aReceiverThatMovesLosesNothing() throws Exception {
        moveDuring(fixed, mobile, "10.99.0.1");
    }

    private void moveDuring(LabHost from, LabHost to, String address) throws Exception {
        try (SteadyStream stream = SteadyStream.start(from, to, address, BYTES_PER_SECOND)) {
            stream.awaitProgress(LIMIT);
            assertThat(remote()).isEqualTo("192.0.2.1:40001");

            mobile.ip("address", "flush", "dev", "eth0");
            outerPort(40002);
            mobile.ip("address", "add", "192.0.2.77/24", "dev", "eth0");

            stream.awaitProgress(LIMIT);
            assertThat(remote()).isEqualTo("192.0.2.77:40002");
            stream.finishIntact(LIMIT);
        }
        assertThat(fixedTunnel.status().counters())
                .as("sessions outlive the move: no further handshake")
                .containsEntry("initiations_accepted", 1L);
    }

    private String remote() throws LabException {
        return fixedTunnel.status().peers().getFirst().remote().orElse("(none)");
    }

    /** Rewrites datagrams of the tunnel as they leave and enter, without connection tracking. */
    private void outerPort(int port) throws IOException {
        Path rules = Files.writeString(bed.folder().resolve("outer-port.nft"), """
                table inet outer
                delete table inet outer
                table inet outer {
                    chain leaving {
                        type filter hook output priority raw
                        udp sport %1$d udp sport set %2$d
                    }
                    chain entering {
                        type filter hook prerouting priority raw
                        udp dport %2$d udp dport set %1$d
                    }
                }
                """.formatted(TunnelEnd.PORT, port));
        mobile.run("nft", "--file", rules.toString()).orThrow();
    }
}
