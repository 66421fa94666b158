package dev.culvert.tunnel;

import static dev.culvert.tunnel.TestHosts.frame;
import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.metrics.CounterId;
import dev.culvert.testkit.HostileDatagrams;
import dev.culvert.testkit.SimulatedNetwork.Datagram;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What hostile datagrams get: a counter by reason, no delivery, no answer, no growing memory. */
class SimulatedAttacksTest {
    private static final Duration SHORT = Duration.ofMillis(200);
    private static final InetSocketAddress ATTACKER = new InetSocketAddress(InetAddress.ofLiteral("203.0.113.66"), 666);
    private static final int RANDOM_DATAGRAMS = 1_000_000;

    private final SimulatedPair world = new SimulatedPair(4242);
    private List<Datagram> handshake = List.of();

    @BeforeEach
    void establish() {
        world.network.startCapture();
        world.startAb();
        handshake = world.network.captured();
        assertThat(handshake).extracting(Datagram::type).startsWith(1, 2, 4);
    }

    @AfterEach
    void everythingIsAccountedFor() {
        world.close();
    }

    private void attackB(byte[] bytes) {
        world.network.inject(new Datagram(ATTACKER, SimulatedPair.address("b"), bytes));
    }

    private long dropsAtB() {
        return world.tunnel("b").status().drops().values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    private byte[] captureFrame() {
        world.network.startCapture();
        world.tunnel("a").send(frame("a", "b", 7, 200));
        world.run(SHORT);
        assertThat(world.tunnel("b").received()).hasSize(1);
        return world.network.captured().getFirst().bytes();
    }

    @Test
    void aReplayedFrameIsDroppedAndDoesNotMoveThePeer() {
        byte[] datagram = captureFrame();
        world.network.startCapture();
        for (int i = 0; i < 1000; i++) {
            attackB(datagram);
        }
        world.run(SHORT);
        assertThat(world.tunnel("b").received()).isEmpty();
        assertThat(world.tunnel("b").count(CounterId.REPLAYED)).isEqualTo(1000);
        assertThat(world.network.captured()).as("answers").isEmpty();
        assertThat(world.tunnel("b").peer("a").remote()).contains("192.0.2.1:51821");
    }

    @Test
    void aBitFlippedInAnyByteOfATransportMessageIsRefused() {
        world.network.startCapture();
        world.network.setFilter(datagram -> false);
        world.tunnel("a").send(frame("a", "b", 7, 200));
        world.network.setFilter(datagram -> true);
        byte[] genuine = world.network.captured().getFirst().bytes();
        world.network.startCapture();
        for (int i = 0; i < genuine.length; i++) {
            attackB(HostileDatagrams.flipped(genuine, i));
        }
        world.run(SHORT);
        assertThat(world.tunnel("b").received()).isEmpty();
        assertThat(dropsAtB()).isEqualTo(genuine.length);
        assertThat(world.network.captured()).as("answers").isEmpty();

        attackB(genuine);
        assertThat(world.tunnel("b").received())
                .as("the genuine one still counts")
                .hasSize(1);
    }

    @Test
    void aBitFlippedInAnyByteOfAHandshakeMessageIsRefused() {
        for (Datagram message : handshake.subList(0, 2)) {
            long before = dropsAtB();
            world.network.startCapture();
            // Without its last 16 bytes, mac2, which nobody looks at while there is no load.
            int looked = message.bytes().length - 16;
            for (int i = 0; i < looked; i++) {
                attackB(HostileDatagrams.flipped(message.bytes(), i));
            }
            world.run(SHORT);
            assertThat(dropsAtB() - before).isEqualTo(looked);
            assertThat(world.network.captured()).as("answers").isEmpty();
        }
    }

    @Test
    void aDatagramFromNoPortIsDroppedWhateverItSays() {
        InetSocketAddress noPort = new InetSocketAddress(ATTACKER.getAddress(), 0);
        byte[] forged = handshake.getFirst().bytes().clone();
        forged[120] ^= 1;
        world.network.inject(new Datagram(noPort, SimulatedPair.address("b"), forged));
        assertThat(world.tunnel("b").count(CounterId.DATAGRAM_MALFORMED)).isEqualTo(1);
        assertThat(world.tunnel("b").status().refusedHandshakes()).isEmpty();
    }

    @Test
    void aFloodOfInitiationsLeavesTimersAndStatusAlive() {
        byte[] genuine = handshake.getFirst().bytes();
        for (int i = 0; i < 5000; i++) {
            attackB(genuine); // a valid mac1, as anybody can make who knows the public key
        }
        world.run(SHORT);
        assertThat(world.tunnel("b").count(CounterId.HANDSHAKE_QUEUE_FULL)).isPositive();
        assertThat(world.tunnel("b").count(CounterId.COOKIES_DEMANDED)).isPositive();
        world.tunnel("a").send(frame("a", "b", 7, 200));
        world.run(SHORT);
        assertThat(world.tunnel("b").received()).hasSize(1);
    }

    @Test
    void aBitFlippedInAnyByteOfACookieReplyIsRefused() {
        world.tunnel("a").kill();
        for (int i = 0; i < 5000; i++) {
            attackB(handshake.getFirst().bytes());
        }
        world.network.setFilter(datagram -> datagram.type() != 3);
        world.network.startCapture();
        world.start("a", false, world.peer("b")); // while "b" is under load
        world.run(SHORT);
        byte[] genuine = world.network.captured().stream()
                .filter(datagram -> datagram.type() == 3 && datagram.to().equals(SimulatedPair.address("a")))
                .findFirst()
                .orElseThrow()
                .bytes();

        for (int i = 0; i < genuine.length; i++) {
            replyToA(HostileDatagrams.flipped(genuine, i));
            world.run(Duration.ofMillis(1)); // one by one: only so many wait at a time
        }
        assertThat(world.tunnel("a").count(CounterId.COOKIES_ACCEPTED)).isZero();
        assertThat(world.tunnel("a").status().drops().values().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .isEqualTo(genuine.length);

        replyToA(genuine);
        replyToA(genuine);
        world.run(SHORT);
        assertThat(world.tunnel("a").count(CounterId.COOKIES_ACCEPTED))
                .as("the genuine one counts, once")
                .isEqualTo(1);
    }

    private void replyToA(byte[] bytes) {
        world.network.inject(new Datagram(SimulatedPair.address("b"), SimulatedPair.address("a"), bytes));
    }

    @Test
    void aReplayedInitiationIsNotAnswered() {
        world.run(Duration.ofSeconds(1));
        world.network.startCapture();
        attackB(handshake.get(0).bytes());
        attackB(handshake.get(1).bytes());
        world.run(SHORT);
        assertThat(world.network.captured()).isEmpty();
        assertThat(world.tunnel("b").count(CounterId.INITIATION_REPLAYED)).isEqualTo(1);
    }

    @Test
    void aMillionRandomDatagramsLeaveNothingBehind() {
        Random random = world.simulation.random();
        long dropsBefore = dropsAtB();
        world.network.startCapture();
        long memoryBefore = usedMemory();
        for (int i = 0; i < RANDOM_DATAGRAMS; i++) {
            attackB(HostileDatagrams.random(random));
            if (i % 1000 == 0) {
                world.run(Duration.ofMillis(10));
            }
        }
        world.run(SHORT);
        assertThat(world.tunnel("b").received()).isEmpty();
        assertThat(world.network.captured()).as("answers").isEmpty();
        Map<String, Long> drops = world.tunnel("b").status().drops();
        assertThat(drops.values().stream().mapToLong(Long::longValue).sum() - dropsBefore)
                .as("each in a drop counter: " + drops)
                .isEqualTo(RANDOM_DATAGRAMS);
        assertThat(usedMemory() - memoryBefore).as("bytes of heap gained").isLessThan(8L << 20);

        world.tunnel("a").send(frame("a", "b", 7, 200));
        world.run(SHORT);
        assertThat(world.tunnel("b").received()).as("the tunnel still works").hasSize(1);
    }

    private static long usedMemory() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
