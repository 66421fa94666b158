package dev.culvert.tunnel;

import static dev.culvert.tunnel.TestHosts.broadcast;
import static dev.culvert.tunnel.TestHosts.frame;
import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.metrics.CounterId;
import dev.culvert.testkit.Frames;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One hub, "a", and three spokes. */
class SimulatedSwitchingTest {
    private static final Duration SHORT = Duration.ofMillis(200);

    private final SimulatedPair world = new SimulatedPair(99);

    @BeforeEach
    void hubAndSpokes() {
        world.start("a", true, world.waitingFor("b"), world.waitingFor("c"), world.waitingFor("d"));
        for (String spoke : new String[] {"b", "c", "d"}) {
            world.start(spoke, false, world.peer("a"));
        }
        world.run(SHORT);
    }

    @AfterEach
    void everythingIsAccountedFor() {
        world.close();
    }

    private void send(String from, byte[] frame) {
        world.tunnel(from).send(frame);
        world.run(SHORT);
    }

    @Test
    void aBroadcastReachesEveryoneButItsSender() {
        send("b", broadcast("b", 1));
        assertThat(world.tunnel("a").received()).hasSize(1);
        assertThat(world.tunnel("b").received()).isEmpty();
        assertThat(world.tunnel("c").received()).hasSize(1);
        assertThat(world.tunnel("d").received()).hasSize(1);
    }

    @Test
    void aKnownAddressGetsItsFramesAlone() {
        send("c", broadcast("c", 1));
        world.tunnel("a").received();
        world.tunnel("b").received();
        world.tunnel("d").received();

        send("b", frame("b", "c", 2, 1404));

        assertThat(world.tunnel("c").received()).containsExactly(frame("b", "c", 2, 1404));
        assertThat(world.tunnel("d").received()).isEmpty();
        assertThat(world.tunnel("a").received()).isEmpty();
    }

    @Test
    void anAddressThatMovesIsFollowed() {
        send("b", broadcast("x", 1));
        send("c", broadcast("x", 2));
        for (String each : new String[] {"a", "b", "c", "d"}) {
            world.tunnel(each).received();
        }
        send("d", frame("d", "x", 3, 46));
        assertThat(world.tunnel("c").received()).hasSize(1);
        assertThat(world.tunnel("b").received()).isEmpty();
    }

    @Test
    void aFloodOfAddressesDoesNotPushOutThoseOfOthers() {
        send("c", broadcast("c", 1));
        for (int i = 0; i < 100_000; i++) {
            String mac = "02:%02x:%02x:%02x:%02x:%02x".formatted(1, i >> 24, i >> 16 & 0xff, i >> 8 & 0xff, i & 0xff);
            world.tunnel("b").send(Frames.ethernet("ff:ff:ff:ff:ff:ff", mac, 0x88b5, new byte[46]));
            if (i % 50 == 0) {
                world.run(Duration.ofMillis(2));
                for (String each : new String[] {"a", "c", "d"}) {
                    world.tunnel(each).received();
                }
            }
        }
        world.run(SHORT);
        assertThat(world.tunnel("a").count(CounterId.MACS_NOT_LEARNED)).isPositive();
        assertThat(world.tunnel("a").status().macsLearned()).isLessThan(16_384);
        world.tunnel("d").received();
        world.tunnel("c").received();

        send("d", frame("d", "c", 3, 46));
        assertThat(world.tunnel("c").received()).as("still known, still alone").hasSize(1);
    }

    @Test
    void framesNoHostCouldHaveSentAreCounted() {
        world.tunnel("b").send(new byte[13]);
        world.tunnel("b").send(Frames.ethernet("02:00:00:00:00:01", "01:00:5e:00:00:01", 0x800, new byte[46]));
        world.tunnel("b").send(new byte[3000]);
        world.run(SHORT);
        assertThat(world.tunnel("b").count(CounterId.OUTBOUND_MALFORMED)).isEqualTo(3);
        assertThat(world.tunnel("a").received()).isEmpty();
    }

    @Test
    void theTunnelDoesNotCarryItsOwnDatagrams() {
        byte[] outer = Frames.udp("192.0.2.2", 51822, "192.0.2.1", 51821, new byte[100]);
        send("b", Frames.ethernet("02:00:00:00:00:01", "02:00:00:00:00:02", outer));
        assertThat(world.tunnel("b").count(CounterId.OUTBOUND_OWN_DATAGRAM)).isEqualTo(1);
    }

    @Test
    void aDeviceThatRefusesFramesIsCounted() {
        world.tunnel("a").tap().setRefusing(true);
        send("b", broadcast("b", 1));
        assertThat(world.tunnel("a").count(CounterId.TAP_WRITE_REFUSED)).isEqualTo(1);
        assertThat(world.tunnel("c").received()).hasSize(1);
    }
}
