package dev.culvert.tunnel;

import static dev.culvert.tunnel.TestHosts.frame;
import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.metrics.CounterId;
import dev.culvert.session.Session;
import dev.culvert.testkit.HostileDatagrams;
import dev.culvert.testkit.SimulatedNetwork.Datagram;
import dev.culvert.wire.HelloMessage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Hellos and second indices in the hands of somebody who means harm, on the network or at the other end. */
class SimulatedHelloAttacksTest {
    private static final String CHACHA20 = "chacha20-poly1305";
    private static final String AES = "aes-256-gcm";
    private static final Duration SHORT = Duration.ofMillis(200);

    private final SimulatedPair world = new SimulatedPair(20261125);

    @AfterEach
    void everythingIsAccountedFor() {
        world.close();
    }

    private List<Datagram> hellosSaid = List.of();

    private void startAndOverhear() {
        world.network.startCapture();
        world.startAb();
        hellosSaid = world.network.captured().stream().filter(Hellos::isHello).toList();
        assertThat(hellosSaid).hasSize(4);
        world.network.startCapture();
    }

    private void attack(Datagram genuine, byte[] bytes) {
        world.network.inject(new Datagram(genuine.from(), genuine.to(), bytes));
    }

    @Test
    void aHelloThatWasChangedChangesNothing() {
        startAndOverhear();
        for (Datagram hello : hellosSaid) {
            for (int i = 0; i < hello.bytes().length; i++) {
                attack(hello, HostileDatagrams.flipped(hello.bytes(), i));
            }
            attack(hello, hello.bytes());
        }
        world.run(SHORT);

        assertThat(world.network.captured()).as("answers").isEmpty();
        assertThat(world.tunnel("a").count(CounterId.HELLOS_ACCEPTED)).isEqualTo(2);
        assertThat(world.tunnel("b").count(CounterId.HELLOS_ACCEPTED)).isEqualTo(2);
        Hellos.assertSealedWith(world, AES);
    }

    @Test
    void aDatagramOfOneCipherIsNoDatagramOfTheOther() {
        world.network.startCapture();
        world.startAb();
        List<Datagram> toB = world.network.captured().stream()
                .filter(datagram -> datagram.type() == 4 && datagram.to().equals(SimulatedPair.address("b")))
                .toList();
        world.exchange(Duration.ofMillis(10), SHORT).assertNothingLostOrDoubled();
        world.network.setFilter(datagram -> false);
        world.network.startCapture();
        world.tunnel("a").send(frame("a", "b", 7, 100));
        world.network.setFilter(datagram -> true);
        Datagram aes = world.network.captured().getFirst();
        int firstIndex = Hellos.receiverIndex(toB.getFirst().bytes());
        assertThat(Hellos.receiverIndex(aes.bytes())).isNotEqualTo(firstIndex);
        long before = world.tunnel("b").count(CounterId.UNAUTHENTIC);

        byte[] moved = aes.bytes().clone();
        ByteBuffer.wrap(moved).order(ByteOrder.LITTLE_ENDIAN).putInt(4, firstIndex);
        attack(aes, moved);
        world.run(SHORT);
        assertThat(world.tunnel("b").count(CounterId.UNAUTHENTIC)).isEqualTo(before + 1);
        assertThat(world.tunnel("b").received()).isEmpty();

        attack(aes, aes.bytes());
        assertThat(world.tunnel("b").received()).hasSize(1);
    }

    @Test
    void aPeerThatNeverStopsSayingHelloIsAnsweredWithinBounds() {
        startAndOverhear();
        byte[] hello = new HelloMessage(false, OptionalInt.empty(), false, 2, 3).toBytes();
        for (int i = 0; i < 1000; i++) {
            world.tunnel("a").say(hello);
            world.run(Duration.ofMillis(1));
        }
        long answers = world.network.captured().stream()
                .filter(datagram -> datagram.from().equals(SimulatedPair.address("b")))
                .count();
        assertThat(answers).isBetween(14L, 18L);
        assertThat(world.tunnel("b").count(CounterId.CONTROL_RATE_LIMITED)).isBetween(982L, 986L);
        assertThat(world.tunnel("b").peer("a").cipher().orElseThrow().name())
                .as("the last hello offered none")
                .isEqualTo(CHACHA20);

        world.run(Duration.ofSeconds(10));
        world.tunnel("a").say(hello);
        world.network.startCapture();
        world.run(SHORT);
        assertThat(world.network.captured()).hasSize(2);
    }

    @Test
    void controlMessagesOfNoKindOrNoLengthAreCountedAndIgnored() {
        startAndOverhear();
        world.tunnel("a").say(new byte[] {0x10, 99, 1, 2, 3});
        world.tunnel("a").say(new byte[] {0x10, 0});
        world.tunnel("a").say(new byte[] {0x10});
        world.tunnel("a").say(new byte[] {0x11, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0});
        world.tunnel("a").say(new byte[] {0x10, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0});
        world.network.startCapture();
        world.run(SHORT);

        assertThat(world.network.captured())
                .as("answers")
                .hasSize(5)
                .allMatch(datagram -> datagram.from().equals(SimulatedPair.address("a")));
        assertThat(world.tunnel("b").count(CounterId.CONTROL_UNKNOWN)).isEqualTo(2);
        assertThat(world.tunnel("b").count(CounterId.PAYLOAD_MALFORMED)).isEqualTo(3);
        Hellos.assertSealedWith(world, AES);
    }

    @Test
    void aHelloOfASessionThatIsGoneIsStale() {
        world.startAb();
        Session old = world.tunnel("a").sendSession();
        world.exchange(Duration.ofSeconds(1), Duration.ofMinutes(5)).assertNothingLostOrDoubled();
        world.network.startCapture();

        world.tunnel("a").hear(old, new HelloMessage(false, OptionalInt.empty(), false, 2, 3));
        world.run(SHORT);

        assertThat(world.tunnel("a").count(CounterId.CONTROL_STALE)).isEqualTo(1);
        assertThat(world.network.captured()).as("answers").isEmpty();
        Hellos.assertSealedWith(world, AES);
    }
}
