package dev.culvert.it.tap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.crypto.PresharedKey;
import dev.culvert.crypto.Randomness;
import dev.culvert.lab.CulvertProcess;
import dev.culvert.lab.LabException;
import dev.culvert.lab.LabHost;
import dev.culvert.testkit.RequiresRoot;
import dev.culvert.tunnel.TunnelStatus.PeerState;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** left 192.0.2.1, which speaks first -- veth -- 192.0.2.2 right; the tunnel between them has a preshared key. */
@RequiresRoot
final class PresharedKeyIT {
    private static final Duration LIMIT = Duration.ofSeconds(15);

    private final PresharedKey presharedKey = PresharedKey.generate(Randomness.system());
    private TestBed bed;
    private TunnelEnd one;
    private TunnelEnd other;

    @BeforeEach
    void build() throws IOException {
        bed = TestBed.open("ping");
        LabHost left = bed.lab().host("left");
        LabHost right = bed.lab().host("right");
        bed.lab().link(left, "192.0.2.1/24", right, "192.0.2.2/24");
        one = TunnelEnd.numbered(1, left);
        other = TunnelEnd.numbered(2, right);
        other.peer(one, other.presharedKeyLine(bed.folder(), presharedKey));
    }

    @AfterEach
    void remove() throws LabException {
        bed.close();
    }

    @Test
    void theSameKeyOnBothEndsConnectsThem() throws IOException {
        one.peerAt("192.0.2.2", other, one.presharedKeyLine(bed.folder(), presharedKey));
        List<CulvertProcess> tunnels = bed.up(one, other);
        bed.awaitSessions();
        Pings.assertAnswered(one.host(), other.inner4());
        assertThat(tunnels.getFirst().status().peers().getFirst().presharedKey())
                .isTrue();
    }

    @Test
    void anotherKeyDoesNotAndTheInitiatorSaysSo() throws IOException {
        PresharedKey wrong = PresharedKey.generate(Randomness.system());
        one.peerAt("192.0.2.2", other, one.presharedKeyLine(bed.folder(), wrong));
        staysApart();
    }

    @Test
    void aKeyOnOneEndOnlyDoesNotEither() throws IOException {
        one.peerAt("192.0.2.2", other);
        staysApart();
    }

    private void staysApart() throws IOException {
        CulvertProcess initiator = bed.up(one, other).getFirst();
        assertThat(one.host()
                        .run("ping", "-n", "-q", "-c", "1", "-W", "1", other.inner4())
                        .succeeded())
                .isFalse();
        initiator.awaitStatus(
                "told of the preshared key",
                status -> status.peers().getFirst().state() == PeerState.UNREACHABLE
                        && status.peers().getFirst().detail().contains("preshared keys of the two ends differ"),
                LIMIT);
    }
}
