package dev.culvert.it.tap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.lab.CulvertProcess;
import dev.culvert.lab.LabException;
import dev.culvert.lab.LabHost;
import dev.culvert.lab.Traffic;
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
 * A hub that forwards between three spokes, which know only the hub.
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
    private static final Duration TRANSFER_LIMIT = Duration.ofSeconds(30);

    private static TestBed bed;
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
        hubTunnel = bed.up(ENDS.toArray(TunnelEnd[]::new)).getFirst();
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

    @Test
    void spokesExchangeDataThroughTheHub() throws LabException {
        Traffic.Transfer transfer = Traffic.transfer(
                ENDS.get(1).host(), ENDS.get(2).host(), ENDS.get(2).inner4(), 10_000_000, 42, TRANSFER_LIMIT);
        assertThat(transfer.bytes()).isEqualTo(10_000_000);
        assertThat(transfer.isIntact()).isTrue();
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
