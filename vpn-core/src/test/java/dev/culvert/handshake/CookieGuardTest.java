package dev.culvert.handshake;

import static dev.culvert.handshake.TestPeer.flipped;
import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.crypto.PrivateKey;
import dev.culvert.crypto.Randomness;
import dev.culvert.testkit.ManualClock;
import dev.culvert.wire.CookieReplyMessage;
import dev.culvert.wire.HandshakeMessage;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class CookieGuardTest {
    private static final InetSocketAddress ALICE_ADDRESS = new InetSocketAddress("192.0.2.1", 51820);
    private static final InetSocketAddress BOB_ADDRESS = new InetSocketAddress("2001:db8::2", 51820);

    private final ManualClock clock = new ManualClock();
    private final Randomness random = new Random(7)::nextBytes;
    private final PrivateKey aliceKey = PrivateKey.generate(random);
    private final PrivateKey bobKey = PrivateKey.generate(random);
    private final TestPeer alice = new TestPeer(aliceKey, bobKey.publicKey(), Optional.empty(), clock, random);
    private final TestPeer bob = new TestPeer(bobKey, aliceKey.publicKey(), Optional.empty(), clock, random);
    private final CookieGuard aliceGuard = new CookieGuard(aliceKey.publicKey(), random);
    private final CookieGuard bobGuard = new CookieGuard(bobKey.publicKey(), random);

    @Test
    void initiatorWithACookieIsServed() {
        byte[] first = alice.initiate(1);
        assertThat(isServedByBob(first)).as("no cookie yet").isFalse();

        assertThat(alice.onCookieReply(bobReplyTo(first))).isTrue();
        byte[] second = alice.initiate(2);

        assertThat(bob.passesMac1(second)).isTrue();
        assertThat(isServedByBob(second)).isTrue();
        assertThat(alice.completed(bob.responded(second, 3).message())).isNotNull();
    }

    @Test
    void responderWithACookieIsServed() {
        byte[] first = bob.responded(alice.initiate(1), 2).message();
        assertThat(isServedByAlice(first)).as("no cookie yet").isFalse();

        byte[] reply = aliceGuard.cookieReply(first, BOB_ADDRESS, clock.nanoTime());
        assertThat(CookieReplyMessage.receiverIndex(reply)).isEqualTo(2);
        assertThat(bob.onCookieReply(reply)).isTrue();

        clock.advance(Duration.ofSeconds(5));
        byte[] second = bob.responded(alice.initiate(3), 4).message();
        assertThat(isServedByAlice(second)).isTrue();
        assertThat(alice.completed(second)).isNotNull();
    }

    @Test
    void cookieHoldsForItsAddressAndPortOnly() {
        byte[] message = initiateWithCookie();

        assertThat(bobGuard.hasValidMac2(message, new InetSocketAddress("192.0.2.1", 51821), clock.nanoTime()))
                .isFalse();
        assertThat(bobGuard.hasValidMac2(message, new InetSocketAddress("192.0.2.2", 51820), clock.nanoTime()))
                .isFalse();
    }

    @Test
    void messageWithACookieCannotBeChanged() {
        byte[] message = initiateWithCookie();
        for (int i = 0; i < message.length; i++) {
            assertThat(isServedByBob(flipped(message, i))).as("byte %d", i).isFalse();
        }
    }

    @Test
    void cookieIsNotSentWhenItIsTooOld() {
        byte[] reply = bobReplyTo(alice.initiate(1));
        assertThat(alice.onCookieReply(reply)).isTrue();

        clock.advance(Duration.ofNanos(OutgoingMacs.COOKIE_LIFETIME_NANOS));
        assertThat(TestPeer.mac2(alice.initiate(2))).as("oldest still used").isNotEqualTo(new byte[16]);

        clock.advance(Duration.ofNanos(1));
        assertThat(TestPeer.mac2(alice.initiate(3))).as("too old").containsOnly(0);
    }

    @Test
    void cookieIsWorthlessOnceTheSecretHasChanged() {
        byte[] message = initiateWithCookie();

        clock.advance(Duration.ofNanos(CookieGuard.SECRET_LIFETIME_NANOS - 1));
        assertThat(isServedByBob(message)).isTrue();

        clock.advance(Duration.ofNanos(1));
        assertThat(isServedByBob(message)).as("secret too old").isFalse();
        assertThat(bobReplyTo(message)).hasSize(CookieReplyMessage.LENGTH);
        assertThat(isServedByBob(message)).as("new secret").isFalse();
    }

    @Nested
    class WhenACookieReplyComes {
        @Test
        void changedReplyIsRecoverable() {
            byte[] reply = bobReplyTo(alice.initiate(1));
            for (int i = 0; i < reply.length; i++) {
                assertThat(alice.onCookieReply(flipped(reply, i)))
                        .as("byte %d", i)
                        .isFalse();
            }

            assertThat(alice.onCookieReply(reply)).isTrue();
        }

        @Test
        void itIsTakenOnce() {
            byte[] reply = bobReplyTo(alice.initiate(1));

            assertThat(alice.onCookieReply(reply)).isTrue();
            assertThat(alice.onCookieReply(reply)).isFalse();
        }

        @Test
        void itMustAnswerTheLastMessage() {
            byte[] late = bobReplyTo(alice.initiate(1));
            byte[] second = alice.initiate(2);

            assertThat(alice.onCookieReply(late)).isFalse();
            assertThat(alice.onCookieReply(bobReplyTo(second))).isTrue();
        }

        @Test
        void itIsRefusedWhenNothingWasSent() {
            byte[] reply = bobReplyTo(alice.initiate(1));
            TestPeer silent = new TestPeer(aliceKey, bobKey.publicKey(), Optional.empty(), clock, random);

            assertThat(silent.onCookieReply(reply)).isFalse();
            assertThat(alice.onCookieReply(new byte[CookieReplyMessage.LENGTH - 1]))
                    .isFalse();
        }

        @Test
        void itLeavesThePendingInitiationAlone() {
            byte[] initiation = alice.initiate(1);

            assertThat(alice.onCookieReply(bobReplyTo(initiation))).isTrue();

            assertThat(alice.completed(bob.responded(initiation, 2).message())).isNotNull();
        }
    }

    private byte[] initiateWithCookie() {
        assertThat(alice.onCookieReply(bobReplyTo(alice.initiate(1)))).isTrue();
        byte[] message = alice.initiate(2);
        assertThat(isServedByBob(message)).isTrue();
        return message;
    }

    private byte[] bobReplyTo(byte[] message) {
        byte[] reply = bobGuard.cookieReply(message, ALICE_ADDRESS, clock.nanoTime());
        assertThat(CookieReplyMessage.receiverIndex(reply)).isEqualTo(HandshakeMessage.senderIndex(message));
        return reply;
    }

    private boolean isServedByBob(byte[] message) {
        return bobGuard.hasValidMac2(message, ALICE_ADDRESS, clock.nanoTime());
    }

    private boolean isServedByAlice(byte[] message) {
        return aliceGuard.hasValidMac2(message, BOB_ADDRESS, clock.nanoTime());
    }
}
