package dev.culvert.tunnel;

import static dev.culvert.tunnel.TestHosts.broadcast;
import static dev.culvert.tunnel.TestHosts.frame;
import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.metrics.CounterId;
import dev.culvert.testkit.SimulatedNetwork.Datagram;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Tunnels with several lanes, each with a queue and a socket of its own. Harder than the kernel makes it: frames and
 * datagrams go to the lanes in turn, so that every session is used on all of them.
 */
class SimulatedLanesTest {
    private static final Duration SHORT = Duration.ofMillis(200);

    private final SimulatedPair world = new SimulatedPair(7);

    @BeforeEach
    void threeLanes() {
        world.lanes(3);
    }

    @AfterEach
    void everythingIsAccountedFor() {
        world.close();
    }

    @Test
    void nothingIsLostOrDoubledOverRekeysOnAnyLane() {
        world.startAb();
        world.exchange(Duration.ofMillis(700), Duration.ofSeconds(400)).assertNothingLostOrDoubled();
        TunnelStatus status = world.tunnel("b").status();
        assertThat(status.lanes())
                .hasSize(3)
                .allSatisfy(lane -> assertThat(lane.datagramsReceived()).isGreaterThan(100));
        TunnelStatus.Peer peer = status.peers().getFirst();
        assertThat(peer.lostDatagrams()).as("what any lane received").isZero();
        assertThat(peer.receivedDatagrams())
                .isEqualTo(world.tunnel("a").status().peers().getFirst().sentDatagrams());
        assertThat(status.macsLearned()).as("told once, not once a lane").isEqualTo(1);
    }

    @Test
    void otherEndMayHaveOtherLanes() {
        world.start("a", false, world.peer("b"));
        world.lanes(1);
        world.start("b", false, world.waitingFor("a"));
        world.run(SHORT);
        world.exchange(Duration.ofMillis(50), Duration.ofSeconds(10)).assertNothingLostOrDoubled();
    }

    @Test
    void whatWasStagedOnEveryLaneLeavesWithTheSession() {
        world.start("a", false, world.waitingFor("b"));
        world.start("b", false, world.peer("a")); // its handshake is under way
        for (int i = 0; i < 6; i++) {
            world.tunnel("b").send(frame("b", "a", i, 100));
        }
        world.run(SHORT);
        assertThat(world.tunnel("a").received()).hasSize(6);
    }

    @Test
    void aDatagramIsTakenOnceWhicheverLaneItComesTo() {
        world.startAb();
        world.network.startCapture();
        world.tunnel("a").send(frame("a", "b", 1, 100));
        world.run(SHORT);
        List<Datagram> sent = world.network.captured().stream()
                .filter(datagram -> datagram.type() == 4 && datagram.from().equals(SimulatedPair.address("a")))
                .toList();
        assertThat(sent).isNotEmpty();
        for (int lane = 0; lane < 3; lane++) {
            sent.forEach(world.network::inject);
        }
        assertThat(world.tunnel("b").received()).hasSize(1);
        assertThat(world.tunnel("b").count(CounterId.REPLAYED)).isEqualTo(3L * sent.size());
    }

    @Test
    void aStationLearnedOnOneLaneIsKnownOnAll() {
        world.start("a", true, world.waitingFor("b"), world.waitingFor("c"));
        world.start("b", false, world.peer("a"));
        world.start("c", false, world.peer("a"));
        world.run(SHORT);
        world.tunnel("c").send(broadcast("c", 1));
        world.run(SHORT);
        for (String each : List.of("a", "b")) {
            assertThat(world.tunnel(each).received()).hasSize(1);
        }
        for (int i = 0; i < 9; i++) {
            world.tunnel("b").send(frame("b", "c", i, 100));
        }
        world.run(SHORT);
        assertThat(world.tunnel("c").received()).hasSize(9);
        assertThat(world.tunnel("a").received()).as("for the one peer alone").isEmpty();
    }

    /** Neither end takes a fragment of one frame for one of another: the lanes number their frames apart. */
    @Test
    void fragmentsOfSeveralLanesAreNotMixed() {
        world.devices(false);
        world.start("a", false, world.peer("b"));
        world.lanes(1); // the kernel brings all fragments of an address and port to the same lane
        world.start("b", false, world.waitingFor("a"));
        world.run(SHORT);
        List<byte[]> frames = List.of(
                frame("a", "b", 1, 1500), frame("a", "b", 2, 1500), frame("a", "b", 3, 1500), frame("a", "b", 4, 1500));
        frames.forEach(each -> world.tunnel("a").send(each)); // all on the way at once
        world.run(SHORT);
        assertThat(TestHosts.texts(world.tunnel("b").received())).isEqualTo(TestHosts.texts(frames));
        assertThat(world.tunnel("a").count(CounterId.FRAMES_FRAGMENTED)).isEqualTo(4);
    }
}
