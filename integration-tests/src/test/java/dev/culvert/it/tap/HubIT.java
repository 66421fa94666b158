package dev.culvert.it.tap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.lab.CulvertProcess;
import dev.culvert.lab.LabException;
import dev.culvert.lab.LabHost;
import dev.culvert.lab.Traffic;
import dev.culvert.metrics.CounterId;
import dev.culvert.testkit.RequiresRoot;
import dev.culvert.tunnel.TunnelStatus;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A hub that forwards between three spokes, which know only the hub; the third has its offloads switched off.
 *
 * <pre>
 *            hub 10.99.0.1
 *     192.0.2.1 |  .5 |  .9 |
 *     192.0.2.2 |  .6 | .10 |
 *   spoke1 10.99.0.2  spoke2 .3  spoke3 .4
 * </pre>
 */
@RequiresRoot
final class HubIT {
    private static final int SPOKES = 3;
    private static final String TRAVELLER_MAC = "02:00:5e:10:00:77";
    private static final String TRAVELLER = "10.99.0.77";
    private static final long TRANSFER_BYTES = 20_000_001;
    private static final Duration TRANSFER_LIMIT = Duration.ofSeconds(30);

    private static TestBed bed;
    private static List<CulvertProcess> tunnels;
    private static CulvertProcess hubTunnel;
    private static final List<TunnelEnd> ENDS = new ArrayList<>();

    @BeforeAll
    static void build() throws IOException {
        bed = TestBed.open("ping");
        ENDS.clear();
        LabHost hub = bed.lab().host("hub");
        TunnelEnd centre = TunnelEnd.numbered(1, hub).with("forward = true");
        ENDS.add(centre);
        for (int spoke = 1; spoke <= SPOKES; spoke++) {
            ENDS.add(spoke(spoke, centre));
        }
        ENDS.getLast().offload(false, false);
        tunnels = bed.up(ENDS.toArray(TunnelEnd[]::new));
        hubTunnel = tunnels.getFirst();
        bed.awaitSessions();
    }

    private static TunnelEnd spoke(int number, TunnelEnd hub) throws LabException {
        LabHost host = bed.lab().host("spoke" + number);
        int net = 4 * (number - 1);
        bed.lab().link(hub.host(), "192.0.2.%d/30".formatted(net + 1), host, "192.0.2.%d/30".formatted(net + 2));
        TunnelEnd spoke = TunnelEnd.numbered(number + 1, host).peerAt("192.0.2." + (net + 1), hub);
        hub.peer(spoke);
        return spoke;
    }

    @AfterAll
    static void remove() throws LabException {
        bed.close();
    }

    @Test
    void everyHostReachesEveryOther() throws LabException {
        for (TunnelEnd from : ENDS) {
            for (TunnelEnd to : ENDS) {
                if (from != to) {
                    Pings.assertAnswered(from.host(), to.inner4());
                    Pings.assertAnswered(from.host(), to.inner6());
                }
            }
        }
    }

    /** The hub neither completes their checksums nor looks at them: else the far spoke could join nothing. */
    @Test
    void superFramesOfASpokeAreSuperFramesAtTheOther() throws LabException {
        long before = tunnels.get(2).status().counter(CounterId.SUPER_FRAMES_WRITTEN);
        assertTcpIntact(ENDS.get(1), ENDS.get(2));
        TunnelStatus far = TestBed.assertBalanced(tunnels.get(2));
        assertThat(far.counter(CounterId.SUPER_FRAMES_WRITTEN) - before).isGreaterThan(10);
        assertThat(far.drops()).doesNotContainKey(CounterId.CHECKSUM_NOT_PARTIAL.text());
    }

    @Test
    void aSpokeWithoutOffloadsCompletesTheChecksumsOfOthers() throws LabException {
        assertTcpIntact(ENDS.get(1), ENDS.get(3));
        assertTcpIntact(ENDS.get(3), ENDS.get(2));
        TunnelStatus far = TestBed.assertBalanced(tunnels.get(3));
        assertThat(far.counter(CounterId.SUPER_FRAMES_READ)).isZero();
        assertThat(far.counter(CounterId.SUPER_FRAMES_WRITTEN)).isZero();
    }

    private static void assertTcpIntact(TunnelEnd from, TunnelEnd to) throws LabException {
        for (String address : List.of(to.inner4(), to.inner6())) {
            Traffic.Transfer transfer =
                    Traffic.transfer(from.host(), to.host(), address, TRANSFER_BYTES, 42, TRANSFER_LIMIT);
            assertThat(transfer.bytes()).isEqualTo(TRANSFER_BYTES);
            assertThat(transfer.isIntact()).isTrue();
        }
    }

    @Test
    void broadcastOfASpokeReachesTheOthersAndTheHub() throws IOException {
        assertThat(Datagrams.arrives(
                        ENDS.get(1).host(), "10.99.0.255", ENDS.get(2).host()))
                .isTrue();
        assertThat(Datagrams.arrives(
                        ENDS.get(1).host(), "10.99.0.255", ENDS.get(3).host()))
                .isTrue();
        assertThat(Datagrams.arrives(
                        ENDS.get(1).host(), "10.99.0.255", ENDS.get(0).host()))
                .isTrue();
    }

    @Test
    void aStationThatMovesToAnotherSpokeIsFollowed() throws LabException {
        LabHost traveller = bed.lab().host("traveller");
        LabHost correspondent = ENDS.get(3).host();

        arrive(traveller, ENDS.get(1).host());
        Pings.assertAnswered(traveller, ENDS.get(3).inner4());
        assertThat(ownerOf(TRAVELLER_MAC)).contains("spoke1");

        traveller.ip("link", "delete", "wlan0");
        arrive(traveller, ENDS.get(2).host());
        Pings.assertAnswered(traveller, ENDS.get(3).inner4());
        assertThat(ownerOf(TRAVELLER_MAC)).contains("spoke2");
        Pings.assertAnswered(correspondent, TRAVELLER);
    }

    /** The same interface as before, as far as anybody can tell, at the tunnel device of another host. */
    private static void arrive(LabHost traveller, LabHost at) throws LabException {
        String command = "link add link %s name wlan0 netns %s address %s type macvlan mode bridge"
                .formatted(TunnelEnd.DEVICE, traveller.namespace(), TRAVELLER_MAC);
        at.ip(command.split(" "));
        traveller.ip("address", "add", TRAVELLER + "/24", "dev", "wlan0");
        traveller.ip("link", "set", "wlan0", "up");
    }

    /** The peer behind which the hub sees the address. */
    private static Optional<String> ownerOf(String mac) throws LabException {
        List<String> owners = hubTunnel.status().peers().stream()
                .filter(peer -> peer.macs().contains(mac))
                .map(TunnelStatus.Peer::name)
                .toList();
        assertThat(owners).hasSizeLessThanOrEqualTo(1);
        return owners.stream().findFirst();
    }
}
