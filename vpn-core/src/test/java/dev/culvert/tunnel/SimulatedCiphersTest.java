package dev.culvert.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.crypto.CipherChoice;
import dev.culvert.metrics.CounterId;
import dev.culvert.testkit.Frames;
import dev.culvert.testkit.SimulatedNetwork.Conditions;
import dev.culvert.testkit.SimulatedNetwork.Datagram;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** How two ends come to seal with AES-256-GCM, or stay with ChaCha20-Poly1305, and that no frame suffers from it. */
class SimulatedCiphersTest {
    private static final String CHACHA20 = "chacha20-poly1305";
    private static final String AES = "aes-256-gcm";
    private static final Duration SHORT = Duration.ofMillis(200);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final SimulatedPair world = new SimulatedPair(20261124);

    @AfterEach
    void everythingIsAccountedFor() {
        world.close();
    }

    private String reasonAt(String name, String peer) {
        return world.tunnel(name).peer(peer).cipher().orElseThrow().reason();
    }

    @Test
    void twoEndsThatHaveItInHardwareSealWithAes() {
        world.startAb();

        Hellos.assertSealedWith(world, AES);
        assertThat(reasonAt("a", "b")).isEqualTo("in hardware at both ends");
        assertThat(reasonAt("b", "a")).isEqualTo("in hardware at both ends");
        assertThat(world.tunnel("a").peer("b").saidHello()).isTrue();
        assertThat(world.tunnel("a").count(CounterId.HELLOS_ACCEPTED)).isEqualTo(2);
        assertThat(world.tunnel("b").count(CounterId.HELLOS_ACCEPTED)).isEqualTo(2);
        world.exchange(Duration.ofMillis(10), Duration.ofSeconds(1)).assertNothingLostOrDoubled();
        assertThat(world.tunnel("a").status().drops()).isEmpty();
        assertThat(world.tunnel("b").status().drops()).isEmpty();
    }

    @Test
    void framesGoToTheIndexThatTheHandshakeDidNotName() {
        world.network.startCapture();
        world.startAb();
        Set<Integer> named = new HashSet<>();
        for (Datagram datagram : world.network.captured()) {
            if (datagram.type() != 4) {
                named.add(Hellos.receiverIndex(datagram.bytes())); // of both handshake messages: the sender index
            }
        }
        assertThat(named).hasSize(2);
        world.network.startCapture();
        world.exchange(Duration.ofMillis(10), SHORT).assertNothingLostOrDoubled();

        Set<Integer> used = new HashSet<>();
        world.network.captured().forEach(datagram -> used.add(Hellos.receiverIndex(datagram.bytes())));
        assertThat(used).hasSize(2).doesNotContainAnyElementsOf(named);
    }

    @Test
    void nothingIsLostWhileSwitchingThoughDatagramsOvertakeEachOther() {
        world.network.setConditions(new Conditions(0, 0.3, Duration.ofMillis(1), Duration.ofMillis(80)));
        world.startAb();

        world.exchange(Duration.ofMillis(2), Duration.ofSeconds(3)).assertNothingLostOrDoubled();

        Hellos.assertSealedWith(world, AES);
        assertThat(world.tunnel("a").count(CounterId.UNAUTHENTIC)).isZero();
        assertThat(world.tunnel("b").count(CounterId.UNKNOWN_INDEX)).isZero();
    }

    @Test
    void hellosThatAreLostAreSaidAgain() {
        world.network.setFilter(datagram -> !Hellos.isHello(datagram));
        world.startAb();
        world.exchange(Duration.ofMillis(100), Duration.ofSeconds(5)).assertNothingLostOrDoubled();
        Hellos.assertSealedWith(world, CHACHA20);
        assertThat(reasonAt("a", "b")).startsWith("the peer has not said hello");

        world.network.setFilter(datagram -> true);
        world.exchange(Duration.ofMillis(100), Duration.ofSeconds(10)).assertNothingLostOrDoubled();

        Hellos.assertSealedWith(world, AES);
    }

    @Test
    void aBadNetworkDelaysTheSwitchOnly() {
        world.network.setConditions(new Conditions(0.3, 0.2, Duration.ofMillis(1), Duration.ofMillis(400)));
        world.start("a", false, world.peer("b"));
        world.start("b", false, world.peer("a"));
        SimulatedPair.Exchange exchange = world.exchange(Duration.ofMillis(50), MINUTE);

        Hellos.assertSealedWith(world, AES);
        assertThat(TestHosts.texts(exchange.received())).hasSameSizeAs(exchange.received());
        assertThat(exchange.received().size())
                .isBetween(1200, 2000); // of 2400, 30 % of them lost, some waited too long
    }

    @Test
    void sixHoursOfRekeyingSealEverySessionWithAesAndLoseNothing() {
        world.startAb();
        SimulatedPair.Exchange exchange = world.exchange(Duration.ofSeconds(1), Duration.ofHours(6));

        exchange.assertNothingLostOrDoubled();
        Hellos.assertSealedWith(world, AES);
        long sessions = world.tunnel("b").count(CounterId.INITIATIONS_ACCEPTED);
        assertThat(sessions).isGreaterThan(170);
        assertThat(world.tunnel("a").count(CounterId.HELLOS_ACCEPTED)).isEqualTo(2 * sessions);
        assertThat(world.tunnel("b").count(CounterId.HELLOS_ACCEPTED)).isEqualTo(2 * sessions);
        assertThat(world.tunnel("a").status().drops()).isEmpty();
    }

    @Test
    void rekeyingInMidTrafficWithReorderingLosesNothing() {
        world.network.setConditions(new Conditions(0, 0, Duration.ofMillis(1), Duration.ofMillis(100)));
        world.startAb();
        world.exchange(Duration.ofMillis(20), Duration.ofSeconds(130)).assertNothingLostOrDoubled();

        assertThat(world.tunnel("b").count(CounterId.INITIATIONS_ACCEPTED)).isEqualTo(2);
        Hellos.assertSealedWith(world, AES);
    }

    @Test
    void aMachineWithoutAesIsSpokenToAsWireGuardDoes() {
        world.give("b", SimulatedEngines.WITHOUT_SECOND);
        world.startAb();

        Hellos.assertSealedWith(world, CHACHA20);
        assertThat(reasonAt("a", "b")).isEqualTo("the peer does not offer aes-256-gcm");
        assertThat(reasonAt("b", "a")).isEqualTo("no engine for aes-256-gcm here");
        world.exchange(Duration.ofMillis(10), Duration.ofSeconds(1)).assertNothingLostOrDoubled();
    }

    @Test
    void aMachineOnWhichAesIsDearKeepsBothEndsFromIt() {
        world.give("b", SimulatedEngines.SLOW);
        world.startAb();

        Hellos.assertSealedWith(world, CHACHA20);
        assertThat(reasonAt("a", "b")).isEqualTo("aes-256-gcm is not in hardware at the peer");
        assertThat(reasonAt("b", "a")).isEqualTo("aes-256-gcm is not in hardware here");
    }

    @Test
    void whoAsksForAesGetsItOnAnyMachine() {
        world.give("b", SimulatedEngines.SLOW);
        world.configure("a", CipherChoice.AES_256_GCM);
        world.startAb();

        Hellos.assertSealedWith(world, AES);
        assertThat(reasonAt("a", "b")).isEqualTo("cipher = \"aes-256-gcm\" here");
        assertThat(reasonAt("b", "a")).isEqualTo("the peer asks for it");
    }

    @Test
    void whoWantsChaCha20IsNeitherSentNorSendsAes() {
        world.configure("b", CipherChoice.CHACHA20_POLY1305);
        world.configure("a", CipherChoice.AES_256_GCM);
        world.startAb();

        Hellos.assertSealedWith(world, CHACHA20);
        assertThat(reasonAt("a", "b")).isEqualTo("the peer does not offer aes-256-gcm");
        assertThat(reasonAt("b", "a")).isEqualTo("cipher = \"chacha20-poly1305\" here");
        world.exchange(Duration.ofMillis(10), Duration.ofSeconds(1)).assertNothingLostOrDoubled();
    }

    @Nested
    class WhenThePeerNeverAnswers {
        /** An older Culvert, which counts a hello and says nothing; or, in tun mode, a WireGuard. */
        private void startDeafAndDumb() {
            world.network.setFilter(datagram -> !Hellos.isHello(datagram));
            world.network.startCapture();
            world.startAb();
        }

        private long hellosSentBy(String name) {
            return world.network.captured().stream()
                    .filter(Hellos::isHello)
                    .filter(datagram -> datagram.from().equals(SimulatedPair.address(name)))
                    .count();
        }

        @Test
        void anOlderCulvertIsAskedAFewTimesInEachSession() {
            startDeafAndDumb();
            world.exchange(Duration.ofSeconds(1), Duration.ofSeconds(110)).assertNothingLostOrDoubled();
            assertThat(hellosSentBy("a")).isEqualTo(6);
            assertThat(hellosSentBy("b")).isEqualTo(6);
            Hellos.assertSealedWith(world, CHACHA20);

            world.exchange(Duration.ofSeconds(1), Duration.ofSeconds(110)).assertNothingLostOrDoubled();
            assertThat(hellosSentBy("a")).isEqualTo(12);
        }

        @Test
        void aWireGuardSeesOneStrayPacketAndNoMore() {
            world.carryPackets();
            startDeafAndDumb();
            for (int i = 0; i < 1000; i++) {
                world.tunnel("a").send(packet("a", "b", i));
                world.tunnel("b").send(packet("b", "a", i));
                world.run(Duration.ofSeconds(1));
            }
            assertThat(world.tunnel("a").received()).hasSize(1000);
            assertThat(world.tunnel("b").count(CounterId.INITIATIONS_ACCEPTED)).isGreaterThan(7);
            assertThat(hellosSentBy("a")).isEqualTo(1);
            assertThat(hellosSentBy("b")).isEqualTo(1);
        }

        @Test
        void whoWantsChaCha20DoesNotStrayAtAll() {
            world.carryPackets();
            world.configure("a", CipherChoice.CHACHA20_POLY1305);
            startDeafAndDumb();

            assertThat(hellosSentBy("a")).isZero();
            assertThat(hellosSentBy("b")).isEqualTo(1);
        }
    }

    private static byte[] packet(String from, String to, int number) {
        return Frames.udp(SimulatedPair.inner(from), 9, SimulatedPair.inner(to), 9, Frames.payload(100, number));
    }

    @Test
    void culvertsThatCarryPacketsFindEachOtherThoughEitherSpeaksOnce() {
        world.carryPackets();
        Set<String> deaf = new HashSet<>(List.of("a"));
        world.network.setFilter(datagram -> !(Hellos.isHello(datagram)
                && deaf.remove(datagram.from().equals(SimulatedPair.address("a")) ? "a" : "")));
        world.startAb();
        world.run(Duration.ofSeconds(2));
        assertThat(deaf).as("the hello of a was lost").isEmpty();

        Hellos.assertSealedWith(world, AES);
        world.tunnel("a").send(packet("a", "b", 1));
        world.run(SHORT);
        assertThat(world.tunnel("b").received()).containsExactly(packet("a", "b", 1));
    }
}
