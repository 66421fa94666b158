package dev.culvert.handshake;

import static dev.culvert.handshake.HandshakeVerdict.INITIATION_FLOOD;
import static dev.culvert.handshake.HandshakeVerdict.INITIATION_REPLAYED;
import static dev.culvert.handshake.HandshakeVerdict.UNAUTHENTIC;
import static dev.culvert.handshake.HandshakeVerdict.UNEXPECTED;
import static dev.culvert.handshake.TestPeer.flipped;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.culvert.crypto.PresharedKey;
import dev.culvert.crypto.PrivateKey;
import dev.culvert.crypto.PublicKey;
import dev.culvert.crypto.Randomness;
import dev.culvert.handshake.RespondOutcome.Responded;
import dev.culvert.handshake.ResponseOutcome.Completed;
import dev.culvert.noise.TransportKeys;
import dev.culvert.testkit.ManualClock;
import dev.culvert.wire.HandshakeMessage;
import dev.culvert.wire.InitiationMessage;
import dev.culvert.wire.ResponseMessage;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class HandshakeTest {
    private static final int ALICE_INDEX = 0x11223344;
    private static final int BOB_INDEX = 0xa1b2c3d4;

    private final ManualClock clock = new ManualClock();
    private final Randomness random = new Random(7)::nextBytes;
    private final PrivateKey aliceKey = PrivateKey.generate(random);
    private final PrivateKey bobKey = PrivateKey.generate(random);
    private final PresharedKey psk = PresharedKey.generate(random);
    private final TestPeer alice = peer(aliceKey, bobKey.publicKey(), Optional.of(psk));
    private final TestPeer bob = peer(bobKey, aliceKey.publicKey(), Optional.of(psk));

    @Test
    void bothEndsCompleteWithTheSameKeysAndIndices() {
        byte[] initiation = alice.initiate(ALICE_INDEX);
        Responded responded = bob.responded(initiation, BOB_INDEX);
        Completed completed = alice.completed(responded.message());

        assertSameKeys(completed.keys(), responded.keys());
        assertThat(responded.localIndex()).isEqualTo(BOB_INDEX);
        assertThat(responded.remoteIndex()).isEqualTo(ALICE_INDEX);
        assertThat(completed.localIndex()).isEqualTo(ALICE_INDEX);
        assertThat(completed.remoteIndex()).isEqualTo(BOB_INDEX);
    }

    @Test
    void messagesHaveAMac1ForTheirReceiverAndNoMac2() {
        byte[] initiation = alice.initiate(ALICE_INDEX);
        byte[] response = bob.responded(initiation, BOB_INDEX).message();

        assertThat(initiation).hasSize(InitiationMessage.LENGTH);
        assertThat(response).hasSize(ResponseMessage.LENGTH);
        assertThat(bob.passesMac1(initiation)).isTrue();
        assertThat(alice.passesMac1(initiation)).isFalse();
        assertThat(alice.passesMac1(response)).isTrue();
        assertThat(bob.passesMac1(response)).isFalse();
        assertThat(TestPeer.mac2(initiation)).containsOnly(0);
        assertThat(TestPeer.mac2(response)).containsOnly(0);
    }

    @Test
    void completesWithoutAPresharedKey() {
        TestPeer carol = peer(aliceKey, bobKey.publicKey(), Optional.empty());
        TestPeer dave = peer(bobKey, aliceKey.publicKey(), Optional.empty());

        Responded responded = dave.responded(carol.initiate(ALICE_INDEX), BOB_INDEX);

        assertSameKeys(carol.completed(responded.message()).keys(), responded.keys());
    }

    @Test
    void differentPresharedKeysAreRefusedByTheInitiatorAndRecoverable() {
        TestPeer withoutPsk = peer(bobKey, aliceKey.publicKey(), Optional.empty());
        byte[] initiation = alice.initiate(ALICE_INDEX);

        assertRefused(alice, withoutPsk.responded(initiation, BOB_INDEX).message(), UNAUTHENTIC);
        assertThat(alice.completed(bob.responded(initiation, BOB_INDEX).message()))
                .isNotNull();
    }

    @Test
    void initiationWithAChangedByteIsRefusedBeforeItIsRead() {
        byte[] initiation = alice.initiate(ALICE_INDEX);
        int mac2 = HandshakeMessage.mac2Offset(initiation.length);
        for (int i = 0; i < mac2; i++) {
            assertThat(bob.passesMac1(flipped(initiation, i))).as("byte %d", i).isFalse();
        }
        assertThat(bob.passesMac1(flipped(initiation, mac2)))
                .as("mac2 is the business of CookieGuard")
                .isTrue();
    }

    @Test
    void initiationIsNotReadWhenATypeOrASealedByteWasChanged() {
        byte[] initiation = alice.initiate(ALICE_INDEX);
        int mac1 = HandshakeMessage.mac1Offset(initiation.length);
        for (int i = 0; i < mac1; i++) {
            boolean isSenderIndex = i >= 4 && i < 8; // which Noise does not cover, only mac1
            assertThat(bob.identity.read(flipped(initiation, i)).isPresent())
                    .as("byte %d", i)
                    .isEqualTo(isSenderIndex);
        }
        assertThat(bob.identity.read(new byte[InitiationMessage.LENGTH - 1])).isEmpty();
    }

    @Test
    void mac1CheckRefusesOtherLengths() {
        assertThat(bob.passesMac1(new byte[0])).isFalse();
        assertThat(bob.passesMac1(new byte[InitiationMessage.LENGTH + 1])).isFalse();
        assertThat(bob.passesMac1(new byte[ResponseMessage.LENGTH - 1])).isFalse();
    }

    @Test
    void changedResponseIsRecoverable() {
        byte[] response = bob.responded(alice.initiate(ALICE_INDEX), BOB_INDEX).message();
        int mac1 = HandshakeMessage.mac1Offset(response.length);
        for (int i = 0; i < mac1; i++) {
            boolean isSenderIndex = i >= 4 && i < 8; // which Noise does not cover, only mac1
            if (!isSenderIndex) {
                assertThat(alice.handshake.onResponse(flipped(response, i)))
                        .as("byte %d", i)
                        .isInstanceOf(ResponseOutcome.Refused.class);
            }
            assertThat(alice.passesMac1(flipped(response, i))).as("byte %d", i).isFalse();
        }
        assertThat(alice.handshake.isAwaitingResponse()).isTrue();
        assertThat(alice.completed(response)).isNotNull();
    }

    @Test
    void responseToAReplacedInitiationIsRecoverable() {
        byte[] late = bob.responded(alice.initiate(1), BOB_INDEX).message();
        clock.advance(Duration.ofSeconds(5));
        byte[] second = alice.initiate(2);

        assertRefused(alice, late, UNEXPECTED);
        assertThat(alice.completed(bob.responded(second, BOB_INDEX).message()).localIndex())
                .isEqualTo(2);
    }

    @Test
    void responseIsAcceptedOnce() {
        byte[] response = bob.responded(alice.initiate(ALICE_INDEX), BOB_INDEX).message();

        assertThat(alice.completed(response)).isNotNull();
        assertThat(alice.handshake.isAwaitingResponse()).isFalse();
        assertRefused(alice, response, UNEXPECTED);
    }

    @Test
    void responseOfAnotherLengthIsRecoverable() {
        alice.initiate(ALICE_INDEX);

        assertRefused(alice, new byte[ResponseMessage.LENGTH - 1], UNAUTHENTIC);
        assertThat(alice.handshake.isAwaitingResponse()).isTrue();
    }

    @Test
    void peerWhoseKeyIsOfLowOrderIsNeverSpokenTo() {
        TestPeer lost = peer(aliceKey, PublicKey.of(new byte[PublicKey.BYTES]), Optional.empty());

        assertThat(lost.handshake.initiate(1, clock.now(), clock.nanoTime())).isEmpty();
        assertThat(lost.handshake.isAwaitingResponse()).isFalse();
    }

    @Test
    void abandonedInitiationIsOver() {
        byte[] initiation = alice.initiate(ALICE_INDEX);
        assertThat(alice.handshake.pendingIndex()).isEqualTo(ALICE_INDEX);

        alice.handshake.abandon();

        assertThat(alice.handshake.isAwaitingResponse()).isFalse();
        assertThatIllegalStateException().isThrownBy(alice.handshake::pendingIndex);
        assertRefused(alice, bob.responded(initiation, BOB_INDEX).message(), UNEXPECTED);
    }

    @Test
    void printsNoSecret() {
        byte[] initiation = alice.initiate(ALICE_INDEX);
        Responded responded = bob.responded(initiation, BOB_INDEX);
        Completed completed = alice.completed(responded.message());
        String secret = HexFormat.of().formatHex(completed.keys().send().reveal());

        assertThat(responded.toString()).contains("TransportKeys(secret)").doesNotContain(secret);
        assertThat(completed.toString()).contains("TransportKeys(secret)").doesNotContain(secret);
    }

    @Nested
    class WhenInitiationsRepeat {
        @Test
        void replayedInitiationIsRefused() {
            byte[] initiation = alice.initiate(ALICE_INDEX);
            assertThat(bob.responded(initiation, BOB_INDEX)).isNotNull();
            clock.advance(Duration.ofSeconds(5));

            assertRefused(bob.respond(initiation, BOB_INDEX), INITIATION_REPLAYED);
        }

        @Test
        void olderInitiationIsRefused() {
            byte[] older = alice.initiate(1);
            byte[] newer = alice.initiate(2);
            assertThat(bob.responded(newer, BOB_INDEX)).isNotNull();
            clock.advance(Duration.ofSeconds(5));

            assertRefused(bob.respond(older, BOB_INDEX), INITIATION_REPLAYED);
        }

        @Test
        void initiationTooSoonAfterTheLastIsRefusedAndRecoverable() {
            assertThat(bob.responded(alice.initiate(1), BOB_INDEX)).isNotNull();
            byte[] second = alice.initiate(2);

            clock.advance(Duration.ofNanos(AnsweredInitiations.MIN_INTERVAL_NANOS - 1));
            assertRefused(bob.respond(second, BOB_INDEX), INITIATION_FLOOD);

            clock.advance(Duration.ofNanos(1));
            assertThat(bob.responded(second, BOB_INDEX)).isNotNull();
        }

        @Test
        void timestampsIncreaseThoughTheWallClockStandsStill() {
            for (int i = 0; i < 100; i++) {
                byte[] initiation = alice.handshake.initiate(i, clock.now(), 0).orElseThrow();
                try (ReceivedInitiation received = bob.identity.read(initiation).orElseThrow()) {
                    long atNanos = i * AnsweredInitiations.MIN_INTERVAL_NANOS;
                    assertThat(bob.handshake.respond(received, i, atNanos))
                            .as("initiation %d", i)
                            .isInstanceOf(Responded.class);
                }
            }
        }

        @Test
        void timestampsIncreaseThoughTheWallClockIsSetBack() {
            byte[] first = alice.initiate(1);
            byte[] second = alice.handshake
                    .initiate(2, clock.now().minusSeconds(3600), clock.nanoTime())
                    .orElseThrow();
            assertThat(bob.responded(first, BOB_INDEX)).isNotNull();
            clock.advance(Duration.ofSeconds(1));

            assertThat(bob.responded(second, BOB_INDEX)).isNotNull();
        }

        @Test
        void anInitiationOfAnotherPeerIsOurBug() {
            PrivateKey carolKey = PrivateKey.generate(random);
            TestPeer carol = peer(carolKey, bobKey.publicKey(), Optional.of(psk));

            assertThatIllegalArgumentException().isThrownBy(() -> bob.respond(carol.initiate(1), BOB_INDEX));
        }
    }

    @Nested
    class WhenBothInitiateAtOnce {
        @Test
        void bothHandshakesComplete() {
            byte[] fromAlice = alice.initiate(1);
            byte[] fromBob = bob.initiate(2);
            Responded bobResponded = bob.responded(fromAlice, 3);
            Responded aliceResponded = alice.responded(fromBob, 4);

            assertThat(alice.handshake.isAwaitingResponse()).isTrue();
            assertThat(bob.handshake.isAwaitingResponse()).isTrue();
            assertSameKeys(alice.completed(bobResponded.message()).keys(), bobResponded.keys());
            assertSameKeys(bob.completed(aliceResponded.message()).keys(), aliceResponded.keys());
        }

        @Test
        void oneHandshakeCompletesWhenTheOtherResponseIsLost() {
            byte[] fromAlice = alice.initiate(1);
            byte[] fromBob = bob.initiate(2);
            Responded bobResponded = bob.responded(fromAlice, 3);
            assertThat(alice.responded(fromBob, 4)).isNotNull();

            assertSameKeys(alice.completed(bobResponded.message()).keys(), bobResponded.keys());
            assertThat(bob.handshake.isAwaitingResponse()).isTrue();
        }
    }

    private TestPeer peer(PrivateKey key, PublicKey remote, Optional<PresharedKey> presharedKey) {
        return new TestPeer(key, remote, presharedKey, clock, random);
    }

    private static void assertRefused(TestPeer peer, byte[] response, HandshakeVerdict why) {
        assertThat(peer.handshake.onResponse(response)).isEqualTo(new ResponseOutcome.Refused(why));
    }

    private static void assertRefused(RespondOutcome outcome, HandshakeVerdict why) {
        assertThat(outcome).isEqualTo(new RespondOutcome.Refused(why));
    }

    private static void assertSameKeys(TransportKeys one, TransportKeys other) {
        assertThat(one.send().reveal()).isEqualTo(other.receive().reveal());
        assertThat(one.receive().reveal()).isEqualTo(other.send().reveal());
    }
}
