package dev.culvert.peer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.crypto.AeadEngine;
import dev.culvert.crypto.AeadEngines;
import dev.culvert.crypto.CipherChoice;
import dev.culvert.crypto.CipherGrade;
import dev.culvert.crypto.CipherSuite;
import dev.culvert.crypto.NoAeadEngineException;
import dev.culvert.crypto.SecretBytes;
import dev.culvert.noise.TransportKeys;
import dev.culvert.session.Role;
import dev.culvert.session.Session;
import dev.culvert.wire.HelloMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When hellos are said, second by second; what comes of them over a network, SimulatedCiphersTest shows. */
class HelloExchangeTest {
    private static final CipherPolicy AUTO =
            new CipherPolicy(CipherChoice.AUTO, CipherGrade.FAST, CipherGrade.HARDWARE);
    private static final HelloMessage HELLO = new HelloMessage(false, OptionalInt.of(5), false, 2, 3);
    private static final HelloMessage ANSWER = new HelloMessage(true, OptionalInt.of(5), false, 2, 3);

    private final List<Session> sessions = new ArrayList<>();
    private long nowNanos = Long.MAX_VALUE - 5_000_000_000L; // the clock may wrap around meanwhile

    @AfterEach
    void close() {
        sessions.forEach(Session::close);
    }

    private Session newSession() {
        Session session = new SessionFactory(
                        sunJce(CipherSuite.CHACHA20_POLY1305), Optional.of(sunJce(CipherSuite.AES_256_GCM)), 1)
                .create(
                        Role.INITIATOR,
                        new TransportKeys(SecretBytes.owning(new byte[32]), SecretBytes.owning(new byte[32])),
                        1,
                        2,
                        () -> 3,
                        nowNanos);
        sessions.add(session);
        return session;
    }

    private static AeadEngine sunJce(CipherSuite suite) {
        try {
            return AeadEngines.choose(suite, List.of("sunjce")).engine();
        } catch (NoAeadEngineException e) {
            throw new AssertionError(e);
        }
    }

    /** Lets a minute pass in tenths of a second, as the control loop does; at which seconds a hello was due. */
    private List<Integer> dueWithinAMinute(HelloExchange exchange) {
        List<Integer> seconds = new ArrayList<>();
        for (int tenth = 0; tenth < 600; tenth++) {
            if (exchange.due(nowNanos).isPresent()) {
                seconds.add(tenth / 10);
            }
            nowNanos += Duration.ofMillis(100).toNanos();
        }
        return seconds;
    }

    @Test
    void nothingIsSaidWithoutASession() {
        HelloExchange exchange = new HelloExchange(AUTO, HelloManners.ALWAYS);
        assertThat(dueWithinAMinute(exchange)).isEmpty();

        exchange.onCurrent(newSession(), nowNanos);
        exchange.onNoSession();
        assertThat(dueWithinAMinute(exchange)).isEmpty();
    }

    @Test
    void whatIsNotAnsweredIsRepeatedLessAndLessOftenInEachSession() {
        HelloExchange exchange = new HelloExchange(AUTO, HelloManners.ALWAYS);
        for (int session = 0; session < 3; session++) {
            exchange.onCurrent(newSession(), nowNanos);

            assertThat(dueWithinAMinute(exchange)).containsExactly(0, 1, 3, 7, 15, 31);
            assertThat(exchange.decision()).isEmpty();
        }
    }

    @Test
    void anAnswerEndsIt() {
        HelloExchange exchange = new HelloExchange(AUTO, HelloManners.ALWAYS);
        Session session = newSession();
        exchange.onCurrent(session, nowNanos);
        assertThat(exchange.due(nowNanos)).isPresent();

        assertThat(exchange.onHello(session, ANSWER, nowNanos))
                .as("an answer to an answer")
                .isEmpty();

        assertThat(dueWithinAMinute(exchange)).isEmpty();
        assertThat(session.sealsWithSecond()).isTrue();
        assertThat(exchange.decision()).contains(new CipherDecision(true, "in hardware at both ends"));
    }

    @Test
    void aHelloIsAnsweredAndDoesNotEndOurOwn() {
        HelloExchange exchange = new HelloExchange(AUTO, HelloManners.ALWAYS);
        Session session = newSession();
        exchange.onCurrent(session, nowNanos);
        assertThat(exchange.due(nowNanos)).isPresent();

        assertThat(exchange.onHello(session, HELLO, nowNanos))
                .hasValueSatisfying(answer -> assertThat(answer[1]).as("kind").isEqualTo((byte) 2));

        assertThat(dueWithinAMinute(exchange)).containsExactly(0, 1, 3, 7, 15, 31);
    }

    @Test
    void anAnswerInAnEarlierSessionSaysNothingOfThisOne() {
        HelloExchange exchange = new HelloExchange(AUTO, HelloManners.ALWAYS);
        Session earlier = newSession();
        Session current = newSession();
        exchange.onCurrent(earlier, nowNanos);
        exchange.onCurrent(current, nowNanos);
        assertThat(exchange.due(nowNanos)).isPresent();

        assertThat(exchange.onHello(earlier, ANSWER, nowNanos)).isEmpty();

        assertThat(earlier.sealsWithSecond()).isTrue();
        assertThat(current.sealsWithSecond()).isFalse();
        assertThat(exchange.decision()).isEmpty();
        assertThat(dueWithinAMinute(exchange)).containsExactly(1, 3, 7, 15, 31);
    }

    @Test
    void aHelloThatOffersNoLongerTakesTheSessionBack() {
        HelloExchange exchange = new HelloExchange(AUTO, HelloManners.ALWAYS);
        Session session = newSession();
        exchange.onCurrent(session, nowNanos);
        assertThat(exchange.onHello(session, HELLO, nowNanos)).isPresent();
        assertThat(session.sealsWithSecond()).isTrue();

        assertThat(exchange.onHello(session, new HelloMessage(false, OptionalInt.empty(), false, 2, 0), nowNanos))
                .isPresent();

        assertThat(session.sealsWithSecond()).isFalse();
        assertThat(exchange.decision()).contains(new CipherDecision(false, "the peer does not offer aes-256-gcm"));
    }

    @Test
    void aPossibleWireGuardIsSpokenToOnceUntilItSpeaks() {
        HelloExchange exchange = new HelloExchange(AUTO, HelloManners.ONCE);
        exchange.onCurrent(newSession(), nowNanos);
        assertThat(dueWithinAMinute(exchange)).containsExactly(0);
        Session session = newSession();
        exchange.onCurrent(session, nowNanos);
        assertThat(dueWithinAMinute(exchange)).isEmpty();

        assertThat(exchange.onHello(session, HELLO, nowNanos)).isPresent();

        assertThat(dueWithinAMinute(exchange)).as("it is a Culvert").containsExactly(0, 1, 3, 7, 15, 31);
        assertThat(dueWithinAMinute(exchange)).as("nobody answers").isEmpty();
        exchange.onCurrent(newSession(), nowNanos);
        assertThat(dueWithinAMinute(exchange)).as("it is none any more").isEmpty();
    }

    @Test
    void whoIsOnlyToAnswerOnlyAnswers() {
        HelloExchange exchange = new HelloExchange(
                new CipherPolicy(CipherChoice.CHACHA20_POLY1305, CipherGrade.FAST, CipherGrade.NONE),
                HelloManners.WHEN_SPOKEN_TO);
        Session session = newSession();
        exchange.onCurrent(session, nowNanos);
        assertThat(dueWithinAMinute(exchange)).isEmpty();

        assertThat(exchange.onHello(session, HELLO, nowNanos)).isPresent();

        assertThat(exchange.due(nowNanos)).isPresent();
        assertThat(session.sealsWithSecond()).isFalse();
    }
}
