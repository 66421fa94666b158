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
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * left 192.0.2.1 -- veth -- 192.0.2.2 middle 198.51.100.1 -- veth -- 198.51.100.2 right. The relay in the middle loses,
 * doubles and delays one datagram in a hundred each, while full frames of a LAN travel in fragments.
 */
@RequiresRoot
final class LossyPathIT {
    private static final InetSocketAddress RIGHT = new InetSocketAddress("198.51.100.2", TunnelEnd.PORT);
    private static final double TROUBLE = 0.01;
    private static final Duration LIMIT = Duration.ofSeconds(40);
    private static final long TRANSFER_BYTES = 10_000_001;
    private static final int DATAGRAMS = 200;
    /** Each makes six fragments with its answer's: 6 % of them meet with an accident, ten times that would be a fault. */
    private static final int MIN_ECHOED = DATAGRAMS * 6 / 10;

    private TestBed bed;
    private UdpRelay relay;
    private TunnelEnd one;
    private TunnelEnd other;
    private List<CulvertProcess> tunnels;

    @BeforeEach
    void build() throws IOException {
        bed = TestBed.open("ping");
        LabHost left = bed.lab().host("left");
        LabHost middle = bed.lab().host("middle");
        LabHost right = bed.lab().host("right");
        bed.lab().link(left, "192.0.2.1/24", middle, "192.0.2.2/24");
        bed.lab().link(middle, "198.51.100.1/24", right, "198.51.100.2/24");
        relay = UdpRelay.open(middle, new InetSocketAddress("192.0.2.2", TunnelEnd.PORT), RIGHT);
        one = TunnelEnd.numbered(1, left).with("mtu = 1500");
        other = TunnelEnd.numbered(2, right).with("mtu = 1500");
        one.peerAt("192.0.2.2", other);
        other.peer(one);
        tunnels = bed.up(one, other);
        bed.awaitSessions();
        relay.carryBadly(TROUBLE);
    }

    @AfterEach
    void remove() throws IOException {
        relay.close();
        bed.close();
    }

    @Test
    void whatArrivesIsWhatLeft() throws IOException {
        assertTcpIntact(one, other, other.inner4());
        assertTcpIntact(one, other, other.inner6());
        assertTcpIntact(other, one, one.inner4());
        assertTcpIntact(other, one, one.inner6());
        assertDatagramsIntact(one, other);
        assertDatagramsIntact(other, one);
        assertThat(relay.lost()).isGreaterThan(100);
        assertThat(relay.doubled()).isGreaterThan(100);
        assertThat(relay.delayed()).isGreaterThan(100);

        relay.carryBadly(0);
        Pings.untilAnswered(one.host(), other.inner4(), LIMIT);
        Pings.assertAnswered(one.host(), other.inner4(), 1472);
        Pings.assertAnswered(other.host(), one.inner6(), 1452);
        long replayed = 0;
        for (CulvertProcess tunnel : tunnels) {
            TunnelStatus status = TestBed.assertBalanced(tunnel);
            replayed += status.counter(CounterId.REPLAYED);
            assertThat(status.counter(CounterId.UNAUTHENTIC)).isZero();
            assertThat(status.counter(CounterId.FRAGMENTS_JOINED)).isPositive();
            assertThat(status.counter(CounterId.FRAGMENT_INCONSISTENT)).isZero();
            assertThat(status.counter(CounterId.FRAGMENT_MALFORMED)).isZero();
            assertThat(status.peers().getFirst().lostDatagrams()).isPositive();
        }
        assertThat(replayed).as("each doubled datagram was taken once").isEqualTo(relay.doubled());
    }

    private static void assertTcpIntact(TunnelEnd from, TunnelEnd to, String address) throws LabException {
        Traffic.Transfer transfer = Traffic.transfer(from.host(), to.host(), address, TRANSFER_BYTES, 42, LIMIT);
        assertThat(transfer.bytes()).isEqualTo(TRANSFER_BYTES);
        assertThat(transfer.isIntact()).as("hashes to %s are equal", address).isTrue();
    }

    /** Lost ones are lost, others come as they are: that is what {@link UdpEcho} asserts. */
    private static void assertDatagramsIntact(TunnelEnd from, TunnelEnd to) throws IOException {
        try (UdpEcho echo = UdpEcho.open(to.host())) {
            for (int bytes : List.of(17, 1472)) {
                assertThat(echo.echoed(from.host(), to.inner4(), bytes, DATAGRAMS, Duration.ofMillis(50)))
                        .as("datagrams of %d bytes that came back", bytes)
                        .isBetween(MIN_ECHOED, DATAGRAMS);
            }
        }
    }
}
