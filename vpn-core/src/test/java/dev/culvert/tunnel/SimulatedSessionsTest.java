package dev.culvert.tunnel;

import static dev.culvert.tunnel.TestHosts.broadcast;
import static dev.culvert.tunnel.TestHosts.frame;
import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.metrics.CounterId;
import dev.culvert.testkit.SimulatedNetwork.Conditions;
import dev.culvert.tunnel.TunnelStatus.PeerState;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How sessions come, are renewed, and go, over hours of simulated time. */
class SimulatedSessionsTest {
    private static final Duration SHORT = Duration.ofMillis(200);

    private final SimulatedPair world = new SimulatedPair(20261122);

    @AfterEach
    void everythingIsAccountedFor() {
        world.close();
    }

    @Test
    void aFrameCrossesEachWayUnchanged() {
        world.startAb();
        byte[] there = frame("a", "b", 1, 1404);
        byte[] back = frame("b", "a", 2, 46);

        world.tunnel("a").send(there);
        world.run(SHORT);
        world.tunnel("b").send(back);
        world.run(SHORT);

        assertThat(world.tunnel("b").received()).containsExactly(there);
        assertThat(world.tunnel("a").received()).containsExactly(back);
        assertThat(world.tunnel("a").peer("b").state()).isEqualTo(PeerState.ESTABLISHED);
        assertThat(world.tunnel("a").status().drops()).isEmpty();
    }

    @Test
    void framesOfAllSizesInOneWakeupLeaveAtItsEnd() {
        world.startAb();
        byte[][] frames = {
            frame("a", "b", 1, 1404),
            frame("a", "b", 2, 46),
            frame("a", "b", 3, 46),
            frame("a", "b", 4, 900),
            frame("a", "b", 5, 46)
        };
        world.tunnel("a").send(frames);
        world.run(SHORT);
        assertThat(world.tunnel("b").received()).containsExactly(frames);
    }

    @Test
    void anAnsweringEndWithFramesOfItsOwnDoesNotBeginAnotherHandshake() {
        world.network.setConditions(new Conditions(0, 0, Duration.ofMillis(50), Duration.ofMillis(50)));
        world.start("a", false, world.peer("b"));
        world.start("b", false, world.waitingFor("a"));
        for (int i = 0; i < 30; i++) {
            world.tunnel("b").send(frame("b", "a", i, 46)); // some of them between the response and its confirmation
            world.run(Duration.ofMillis(10));
        }
        world.run(SHORT);
        assertThat(world.tunnel("b").count(CounterId.RESPONSES_ACCEPTED)).isZero();
        assertThat(world.tunnel("a").count(CounterId.INITIATIONS_ACCEPTED)).isZero();
        assertThat(world.tunnel("a").received()).isNotEmpty();
    }

    @Test
    void anHourOfTrafficInOneDirectionIsRekeyedToo() {
        world.startAb();
        int arrived = 0;
        for (int i = 0; i < 36_000; i++) {
            world.tunnel("b").send(frame("b", "a", i, 46));
            world.run(Duration.ofMillis(100));
            arrived += world.tunnel("a").received().size();
        }
        assertThat(arrived).isEqualTo(36_000);
    }

    @Test
    void aNameThatDoesNotResolveAtFirstIsLookedUpAgain() {
        SimulatedTunnel.UNRESOLVED.set("192.0.2.2");
        try {
            world.startAb();
            world.tunnel("a").send(frame("a", "b", 1, 46));
            world.run(Duration.ofSeconds(20));
            assertThat(world.tunnel("a").peer("b").detail()).contains("does not resolve");
        } finally {
            SimulatedTunnel.UNRESOLVED.set("");
        }
        world.run(Duration.ofSeconds(16));
        assertThat(world.tunnel("b").received()).hasSize(1);
    }

    @Test
    void sixHoursOfTrafficLoseNothingToRekeying() {
        world.startAb();
        int seconds = (int) Duration.ofHours(6).toSeconds();
        int arrivedAtB = 0;
        int arrivedAtA = 0;
        for (int i = 0; i < seconds; i++) {
            world.tunnel("a").send(frame("a", "b", i, 100));
            world.tunnel("b").send(frame("b", "a", i, 100));
            world.run(Duration.ofSeconds(1));
            arrivedAtB += world.tunnel("b").received().size();
            arrivedAtA += world.tunnel("a").received().size();
        }
        assertThat(arrivedAtB).isEqualTo(seconds);
        assertThat(arrivedAtA).isEqualTo(seconds);
        // One initiation each 120 s, by the initiator only.
        assertThat(world.tunnel("b").count(CounterId.INITIATIONS_ACCEPTED)).isBetween(175L, 181L);
        assertThat(world.tunnel("a").count(CounterId.INITIATIONS_ACCEPTED)).isZero();
        assertThat(world.tunnel("a").peer("b").lostDatagrams()).isZero();
    }

    @Test
    void aBadNetworkNeitherDuplicatesNorAltersFrames() {
        world.startAb();
        world.network.setConditions(new Conditions(0.2, 0.2, Duration.ofMillis(1), Duration.ofMillis(400)));
        List<byte[]> sent = new ArrayList<>();
        List<byte[]> received = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            byte[] one = frame("a", "b", i, 46 + i % 1000);
            sent.add(one);
            world.tunnel("a").send(one);
            world.run(Duration.ofMillis(50));
            received.addAll(world.tunnel("b").received());
        }
        assertThat(received).hasSizeBetween(15_000, 17_000);
        assertThat(TestHosts.texts(received)).hasSameSizeAs(received);
        assertThat(TestHosts.texts(sent)).containsAll(TestHosts.texts(received));
        assertThat(world.tunnel("b").count(CounterId.REPLAYED)).isPositive();
        assertThat(world.tunnel("b").peer("a").lossPercent()).isBetween(17.0, 23.0);
    }

    @Test
    void lostResponsesOnlyDelayTheHandshake() {
        world.network.setFilter(datagram -> datagram.type() != 2);
        world.start("a", false, world.peer("b"));
        world.start("b", false, world.waitingFor("a"));
        world.tunnel("a").send(broadcast("a", 1));
        world.run(Duration.ofSeconds(12));
        assertThat(world.tunnel("b").received()).isEmpty();

        world.network.setFilter(datagram -> true);
        world.run(Duration.ofSeconds(6));

        assertThat(world.tunnel("b").received()).hasSize(1);
        assertThat(world.tunnel("a").peer("b").state()).isEqualTo(PeerState.ESTABLISHED);
    }

    @Test
    void simultaneousInitiationsLeaveAWorkingTunnel() {
        world.network.setConditions(new Conditions(0, 0, Duration.ofMillis(50), Duration.ofMillis(60)));
        world.start("a", false, world.peer("b"));
        world.start("b", false, world.peer("a"));
        world.tunnel("a").send(frame("a", "b", 1, 46));
        world.tunnel("b").send(frame("b", "a", 2, 46));
        world.run(Duration.ofSeconds(1));

        assertThat(world.tunnel("a").received()).hasSize(1);
        assertThat(world.tunnel("b").received()).hasSize(1);
        assertThat(world.tunnel("a").status().drops()).isEmpty();
        assertThat(world.tunnel("b").status().drops()).isEmpty();
    }

    @Test
    void rolesStayApartWhenBothEndsRenewForHours() {
        world.network.setConditions(new Conditions(0, 0, Duration.ofMillis(20), Duration.ofMillis(80)));
        world.start("a", false, world.peer("b"));
        world.start("b", false, world.peer("a"));
        world.run(Duration.ofSeconds(1));
        int rounds = 3 * 3600 * 2;
        int arrived = 0;
        for (int i = 0; i < rounds; i++) {
            world.tunnel("a").send(frame("a", "b", i, 46));
            world.tunnel("b").send(frame("b", "a", i, 46));
            world.run(Duration.ofMillis(500));
            arrived += world.tunnel("a").received().size()
                    + world.tunnel("b").received().size();
        }
        assertThat(arrived).isEqualTo(2 * rounds);
    }

    @ParameterizedTest
    @ValueSource(longs = {2, 7, 9, 13, 28, 48})
    void endsThatRenewAtTheSameMomentLoseNothing(long seed) {
        try (SimulatedPair both = new SimulatedPair(seed)) {
            both.network.setConditions(new Conditions(0, 0, Duration.ofMillis(20), Duration.ofMillis(80)));
            both.start("a", false, both.peer("b"));
            both.start("b", false, both.peer("a"));
            both.run(Duration.ofSeconds(1));
            both.exchange(Duration.ofMillis(20), Duration.ofMinutes(10)).assertNothingLostOrDoubled();
        }
    }

    @Nested
    class WhenThereIsLittleToSay {
        @Test
        void dataIsAnsweredByAKeepaliveAfterTenSeconds() {
            world.startAb();
            world.run(Duration.ofSeconds(30));
            world.network.startCapture();
            world.tunnel("a").send(frame("a", "b", 1, 46));
            world.run(Duration.ofSeconds(9));
            assertThat(world.network.captured()).hasSize(1);
            world.run(Duration.ofSeconds(2));
            assertThat(world.network.captured()).hasSize(2);
            assertThat(world.network.captured().get(1).bytes()).hasSize(32);
            world.run(Duration.ofSeconds(60));
            assertThat(world.network.captured()).hasSize(2);
        }

        @Test
        void anIdleTunnelIsSilentAndItsKeysAreWiped() {
            world.startAb();
            world.run(Duration.ofSeconds(30));
            world.network.startCapture();
            world.run(Duration.ofHours(1));
            assertThat(world.network.captured()).isEmpty();
            assertThat(world.tunnel("a").peer("b").state()).isEqualTo(PeerState.IDLE);

            world.tunnel("a").send(frame("a", "b", 1, 46));
            world.run(SHORT);
            assertThat(world.tunnel("b").received()).hasSize(1);
        }

        @Test
        void persistentKeepalivesKeepTheirInterval() {
            world.start(
                    "a",
                    false,
                    SimulatedPair.with(world.peer("b"), Optional.empty(), Optional.of(Duration.ofSeconds(25))));
            world.start("b", false, world.waitingFor("a"));
            world.run(Duration.ofSeconds(1));
            world.network.startCapture();
            world.run(Duration.ofSeconds(101));
            assertThat(world.network.captured()).hasSize(4);
        }
    }

    @Test
    void aRoamingPeerIsFollowed() {
        world.startAb();
        InetSocketAddress elsewhere = new InetSocketAddress(InetAddress.ofLiteral("198.51.100.7"), 4000);
        world.tunnel("a").socket().moveTo(elsewhere);
        world.tunnel("b").send(frame("b", "a", 1, 46));
        world.run(SHORT);
        assertThat(world.tunnel("a").received()).as("nobody knows yet").isEmpty();

        world.tunnel("a").send(frame("a", "b", 2, 46));
        world.run(SHORT);
        world.tunnel("b").send(frame("b", "a", 3, 46));
        world.run(SHORT);

        assertThat(world.tunnel("a").received()).hasSize(1);
        assertThat(world.tunnel("b").peer("a").remote()).contains("198.51.100.7:4000");
    }

    @Test
    void aFullSocketStopsReadingFramesInsteadOfDroppingThem() {
        world.startAb();
        world.tunnel("a").socket().setWritable(false);
        for (int i = 0; i < 10; i++) {
            world.tunnel("a").send(frame("a", "b", i, 46));
        }
        world.run(SHORT);
        assertThat(world.tunnel("b").received()).isEmpty();
        assertThat(world.tunnel("a").status().drops()).isEmpty();

        world.tunnel("a").socket().setWritable(true);
        world.tunnel("a").send(frame("a", "b", 10, 46));
        world.run(SHORT);
        assertThat(world.tunnel("b").received()).hasSize(11);
    }
}
