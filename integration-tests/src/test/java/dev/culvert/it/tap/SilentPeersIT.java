package dev.culvert.it.tap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.lab.CulvertProcess;
import dev.culvert.lab.LabException;
import dev.culvert.lab.LabHost;
import dev.culvert.testkit.RequiresRoot;
import dev.culvert.tunnel.TunnelStatus;
import dev.culvert.tunnel.TunnelStatus.PeerState;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * left 192.0.2.1 -- veth -- 192.0.2.2 right. Left has a peer that works, and one for each way to be mistaken about a
 * peer; {@code status} has to tell them apart.
 */
@RequiresRoot
@Tag("patient")
final class SilentPeersIT {
    private static final Duration LIMIT = Duration.ofSeconds(40);

    private TestBed bed;
    private TunnelEnd left;
    private TunnelEnd right;

    @BeforeEach
    void build() throws IOException {
        bed = TestBed.open("ping");
        LabHost leftHost = bed.lab().host("left");
        LabHost rightHost = bed.lab().host("right");
        bed.lab().link(leftHost, "192.0.2.1/24", rightHost, "192.0.2.2/24");
        left = TunnelEnd.numbered(1, leftHost);
        right = TunnelEnd.numbered(2, rightHost);
    }

    @AfterEach
    void remove() throws LabException {
        bed.close();
    }

    @Test
    void aWrongKeyAWrongPortAndADeadHostAreToldApart() throws IOException {
        TunnelEnd stranger = TunnelEnd.numbered(3, bed.lab().host("wrong-key"));
        TunnelEnd elsewhere = TunnelEnd.numbered(4, bed.lab().host("wrong-port"));
        TunnelEnd gone = TunnelEnd.numbered(5, bed.lab().host("dead-host"));
        left.peerAt("192.0.2.2", right)
                .peerAt("192.0.2.2", stranger)
                .peer(elsewhere, "endpoint = \"192.0.2.2:51999\"")
                .peerAt("192.0.2.99", gone);
        right.peer(left);
        List<CulvertProcess> tunnels = bed.up(left, right);

        TunnelStatus status = tunnels.getFirst()
                .awaitStatus(
                        "told why each peer is silent",
                        each -> each.peers().stream()
                                .skip(1)
                                .allMatch(peer -> peer.state() == PeerState.UNREACHABLE
                                        && !peer.detail().contains("finding out")),
                        LIMIT);

        assertThat(status.peers().get(0).state()).isEqualTo(PeerState.ESTABLISHED);
        assertThat(status.peers().get(1).detail())
                .contains("its port is silent")
                .contains("public key is wrong");
        assertThat(status.peers().get(2).detail())
                .contains("nothing listens on 192.0.2.2:51999")
                .contains("wrong port");
        assertThat(status.peers().get(3).detail()).containsAnyOf("no way to 192.0.2.99", "no sign of life");
        assertThat(status.peers()).extracting(TunnelStatus.Peer::detail).doesNotHaveDuplicates();
        assertThat(status.peers().get(3).unansweredSince()).isPresent();

        assertThat(tunnels.getLast().status().drops()).containsKey("bad_mac1");
        assertThat(tunnels.getLast().status().refusedHandshakes())
                .anySatisfy(refused -> assertThat(refused.reason()).contains("not made for our public key"));
    }

    @Test
    void anEndThatDoesNotKnowOurKeySaysWhoWasRefused() throws IOException {
        TunnelEnd other = TunnelEnd.numbered(3, bed.lab().host("other"));
        left.peerAt("192.0.2.2", right);
        right.peer(other);
        CulvertProcess refusing = bed.up(left, right).getLast();

        TunnelStatus status = refusing.awaitStatus(
                "told of the refused handshake",
                each -> !each.refusedHandshakes().isEmpty(),
                LIMIT);

        assertThat(status.refusedHandshakes().getFirst().reason()).contains("not configured");
        assertThat(status.refusedHandshakes().getFirst().from()).isEqualTo("192.0.2.1:51820");
    }
}
