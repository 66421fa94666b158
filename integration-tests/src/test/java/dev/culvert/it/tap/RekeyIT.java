package dev.culvert.it.tap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.lab.CulvertProcess;
import dev.culvert.lab.LabException;
import dev.culvert.lab.LabHost;
import dev.culvert.lab.LabProcess;
import dev.culvert.metrics.CounterId;
import dev.culvert.testkit.RequiresRoot;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** left 192.0.2.1, which speaks first -- veth -- 192.0.2.2 right. Takes more than the 120 s of a session. */
@RequiresRoot
@Tag("patient")
final class RekeyIT {
    private static final Duration REKEY_LIMIT = Duration.ofSeconds(130);
    private static final Duration FINISH_LIMIT = Duration.ofSeconds(30);
    private static final int PINGS = 1230;
    private static final long BYTES_PER_SECOND = 2_000_000;

    private TestBed bed;
    private LabHost left;
    private LabHost right;
    private CulvertProcess leftTunnel;
    private CulvertProcess rightTunnel;

    @BeforeEach
    void build() throws IOException {
        bed = TestBed.open("ping");
        left = bed.lab().host("left");
        right = bed.lab().host("right");
        bed.lab().link(left, "192.0.2.1/24", right, "192.0.2.2/24");
        TunnelEnd one = TunnelEnd.numbered(1, left);
        TunnelEnd other = TunnelEnd.numbered(2, right);
        // Only one end can begin, so that it is certain who renews the session.
        one.peerAt("192.0.2.2", other);
        other.peer(one);
        List<CulvertProcess> tunnels = bed.up(one, other);
        leftTunnel = tunnels.getFirst();
        rightTunnel = tunnels.getLast();
        bed.awaitSessions();
    }

    @AfterEach
    void remove() throws LabException {
        bed.close();
    }

    @Test
    void renewsTheSessionUnderTrafficWithoutLoss() throws Exception {
        String cipher = leftTunnel.status().cipherInUse().name();
        Map<String, Long> leftDrops = leftTunnel.status().drops();
        Map<String, Long> rightDrops = rightTunnel.status().drops();
        LabProcess there = flood(left, "10.99.0.2");
        LabProcess back = flood(right, "fd99::1");
        try (SteadyStream up = SteadyStream.start(left, right, "10.99.0.2", BYTES_PER_SECOND);
                SteadyStream down = SteadyStream.start(right, left, "fd99::1", BYTES_PER_SECOND)) {
            assertHandshakes(1);
            leftTunnel.awaitStatus(
                    "in its second session", status -> status.counter(CounterId.RESPONSES_ACCEPTED) == 2, REKEY_LIMIT);
            up.awaitProgress(FINISH_LIMIT);
            down.awaitProgress(FINISH_LIMIT);
            up.finishIntact(FINISH_LIMIT);
            down.finishIntact(FINISH_LIMIT);
        }
        assertNoneLost(there);
        assertNoneLost(back);
        assertHandshakes(2);
        assertThat(leftTunnel.awaitHellos(FINISH_LIMIT).cipherInUse().name()).isEqualTo(cipher);
        assertThat(rightTunnel.awaitHellos(FINISH_LIMIT).cipherInUse().name()).isEqualTo(cipher);
        assertThat(leftTunnel.status().drops()).isEqualTo(leftDrops);
        assertThat(rightTunnel.status().drops()).isEqualTo(rightDrops);
    }

    private void assertHandshakes(long count) throws LabException {
        assertThat(leftTunnel.status().counters()).containsEntry("responses_accepted", count);
        assertThat(rightTunnel.status().counters()).containsEntry("initiations_accepted", count);
    }

    /** Ten a second, for longer than a session lasts. */
    private static LabProcess flood(LabHost from, String address) throws LabException {
        return from.start("ping", "-n", "-q", "-i", "0.1", "-c", Integer.toString(PINGS), "-W", "5", address);
    }

    private static void assertNoneLost(LabProcess flood) throws LabException {
        assertThat(flood.awaitLine("packets transmitted", FINISH_LIMIT))
                .contains("%d received".formatted(PINGS))
                .contains(" 0% packet loss");
    }
}
