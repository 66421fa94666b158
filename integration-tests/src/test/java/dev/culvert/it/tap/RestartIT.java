package dev.culvert.it.tap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.cli.control.ControlClient;
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

/** left 192.0.2.1 -- veth -- 192.0.2.2 right, a tunnel between them, and SIGKILL. */
@RequiresRoot
final class RestartIT {
    private static final long BYTES_PER_SECOND = 4_000_000;
    private static final Duration RECOVERY_LIMIT = Duration.ofSeconds(10);
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private TestBed bed;
    private TunnelEnd left;
    private TunnelEnd right;
    private CulvertProcess leftTunnel;
    private CulvertProcess rightTunnel;

    @BeforeEach
    void build() throws IOException {
        bed = TestBed.open("ping");
        LabHost leftHost = bed.lab().host("left");
        LabHost rightHost = bed.lab().host("right");
        bed.lab().link(leftHost, "192.0.2.1/24", rightHost, "192.0.2.2/24");
        left = TunnelEnd.numbered(1, leftHost);
        right = TunnelEnd.numbered(2, rightHost);
        left.peerAt("192.0.2.2", right);
        right.peerAt("192.0.2.1", left);
        List<CulvertProcess> tunnels = bed.up(left, right);
        leftTunnel = tunnels.getFirst();
        rightTunnel = tunnels.getLast();
        bed.awaitSessions();
    }

    @AfterEach
    void remove() throws LabException {
        bed.close();
    }

    @Test
    void aKilledSenderComesBackAndNoByteIsLost() throws Exception {
        killDuringTransfer(leftTunnel, left, right);
    }

    @Test
    void aKilledReceiverComesBackAndNoByteIsLost() throws Exception {
        killDuringTransfer(rightTunnel, right, left);
    }

    private void killDuringTransfer(CulvertProcess victim, TunnelEnd killed, TunnelEnd survivor) throws Exception {
        try (SteadyStream stream = SteadyStream.start(left.host(), right.host(), right.inner4(), BYTES_PER_SECOND)) {
            stream.awaitProgress(LIMIT);
            bed.kill(victim);
            assertThat(stream.isFlowing()).isTrue();
            TestBed.assertGone(killed.host());

            long restarted = System.nanoTime();
            bed.up(killed);
            Pings.untilAnswered(survivor.host(), killed.inner4(), RECOVERY_LIMIT);
            Pings.untilAnswered(killed.host(), survivor.inner4(), RECOVERY_LIMIT);
            assertThat(Duration.ofNanos(System.nanoTime() - restarted))
                    .as("from the restart to pings both ways")
                    .isLessThan(RECOVERY_LIMIT);

            stream.awaitProgress(LIMIT);
            stream.finishIntact(LIMIT);
        }
    }

    @Test
    void theControlSocketOfAKilledTunnelIsSweptByWhoAsks() throws IOException {
        Path socket = socketOf(left.host());
        ControlClient client = new ControlClient(left.host().runDirectory());
        assertThat(client.all().tunnels()).hasSize(1);

        bed.kill(leftTunnel);

        assertThat(socket).exists();
        assertThat(client.all().tunnels()).isEmpty();
        assertThat(socket).doesNotExist();
    }

    @Test
    void theControlSocketOfAKilledTunnelDoesNotHinderTheNext() throws IOException {
        bed.kill(leftTunnel);
        assertThat(socketOf(left.host())).exists();

        CulvertProcess next = bed.up(left).getFirst();

        assertThat(next.status().processId()).isEqualTo(next.process().pid());
        Pings.untilAnswered(left.host(), right.inner4(), RECOVERY_LIMIT);
    }

    private static Path socketOf(LabHost host) throws LabException {
        Path socket = Path.of(host.runDirectory().toString(), TunnelEnd.DEVICE + ".sock");
        assertThat(Files.exists(socket)).isTrue();
        return socket;
    }
}
