package dev.culvert.bench.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.culvert.bench.kernel.EchoSocket;
import dev.culvert.bench.live.Requests.Verdict;
import dev.culvert.crypto.Randomness;
import dev.culvert.device.Errno;
import dev.culvert.testkit.ManualClock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ConversationTest {
    private static final int PER_SECOND = 100;
    private static final Probe PROBE = new Probe("probe", 84, PER_SECOND);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration SOON = Duration.ofMillis(3);

    private final ManualClock clock = new ManualClock();
    private final SimulatedPath path = new SimulatedPath(clock);
    private final Conversation conversation = new Conversation(path, PER_SECOND, clock, Randomness.system());

    @Test
    void asksAtTheRateAndTakesTheTimeOfEachAnswer() throws Exception {
        path.farSide = (echo, far) -> far.arrives(echo, SOON);
        Stretch stretch = conversation.ask(PROBE, SECOND);
        assertThat(stretch.sent()).isEqualTo(PER_SECOND);
        assertThat(stretch.isAnsweredWholly()).isTrue();
        assertThat(stretch.lossPercent()).isZero();
        assertThat(stretch.took()).isEqualTo(SECOND);
        double soonNanos = SOON.toNanos();
        assertThat(stretch.roundTripNanos(0)).isCloseTo(soonNanos, within(soonNanos / 100));
        assertThat(stretch.roundTripNanos(100)).isCloseTo(soonNanos, within(soonNanos / 100));
        assertThat(path.sentAt())
                .hasSize(PER_SECOND)
                .startsWith(0L, 10_000_000L)
                .endsWith(990_000_000L);
    }

    @Test
    void aReplyHasASecondFromItsRequestHoweverLongTheStretchIs() throws Exception {
        path.farSide = (echo, far) -> far.arrives(echo, SECOND.plusMillis(1));
        Stretch stretch = conversation.ask(PROBE, SECOND.multipliedBy(3));
        assertThat(stretch.answered()).isZero();
        assertThat(stretch.lossPercent()).isEqualTo(100);
        assertThat(stretch.count(Verdict.LATE)).isGreaterThan(2 * PER_SECOND);

        path.farSide = (echo, far) -> far.arrives(echo, SOON);
        Stretch next = conversation.ask(PROBE, SECOND);
        assertThat(next.isAnsweredWholly()).isTrue();
        assertThat(stretch.count(Verdict.LATE) + next.count(Verdict.LATE)).isEqualTo(3 * PER_SECOND);
    }

    @Test
    void waitsForTheLastReplyAndNoLonger() throws Exception {
        path.farSide = (echo, far) -> far.arrives(echo, SECOND);
        long beganNanos = clock.nanoTime();
        Stretch stretch = conversation.ask(PROBE, SECOND);
        assertThat(stretch.isAnsweredWholly()).isTrue();
        assertThat(clock.nanoTime() - beganNanos).isEqualTo(path.sentAt().getLast() + SECOND.toNanos());
    }

    @Test
    void aPeerThatMakesRepliesUpIsNotBelieved() throws Exception {
        path.farSide = (echo, far) -> {
            far.arrives(new EchoSocket.Reply(echo.number() + 1, echo.token(), echo.payloadBytes()), Duration.ZERO);
            far.arrives(new EchoSocket.Reply(echo.number(), ~echo.token(), echo.payloadBytes()), Duration.ZERO);
            far.arrives(new EchoSocket.Reply(echo.number(), echo.token(), echo.payloadBytes() / 2), Duration.ZERO);
        };
        Stretch stretch = conversation.ask(PROBE, SECOND);
        assertThat(stretch.answered()).isZero();
        assertThat(stretch.count(Verdict.UNFIT)).isEqualTo(3 * PER_SECOND);
    }

    @Test
    void aRepeatedReplyIsCountedBesides() throws Exception {
        path.farSide = (echo, far) -> {
            far.arrives(echo, SOON);
            far.arrives(echo, SOON.multipliedBy(2));
        };
        Stretch stretch = conversation.ask(PROBE, SECOND);
        assertThat(stretch.answered()).isEqualTo(PER_SECOND);
        assertThat(stretch.count(Verdict.REPEATED)).isEqualTo(PER_SECOND);
    }

    @Test
    void icmpErrorsAreCountedAndSurvived() throws Exception {
        path.farSide = (echo, far) -> {
            far.arrives(new EchoSocket.Refusal(Errno.EACCES), SOON);
            far.arrives(echo, SOON);
        };
        Stretch stretch = conversation.ask(PROBE, SECOND);
        assertThat(stretch.isAnsweredWholly()).isTrue();
        assertThat(stretch.refusals()).containsEntry("EACCES", (long) PER_SECOND);
    }

    @Test
    void whatCouldNotBeSentIsNotLost() throws Exception {
        path.refuseWith = Errno.ENODEV;
        Stretch stretch = conversation.ask(PROBE, SECOND);
        assertThat(stretch.sent()).isZero();
        assertThat(stretch.refusals()).isEqualTo(Map.of("ENODEV", (long) PER_SECOND));

        path.refuseWith = 0;
        assertThat(conversation.ask(PROBE, SECOND).lossPercent()).isZero();
    }

    @Test
    void afterAPauseOnlyALittleIsCaughtUpWith() throws Exception {
        path.pauseOfTheNextWait = SECOND.dividedBy(2);
        Stretch stretch = conversation.ask(PROBE, SECOND);
        long burst = path.sentAt().stream()
                .filter(each -> each.equals(path.sentAt().get(1)))
                .count();
        assertThat(burst).isEqualTo(Conversation.MAX_BURST);
        assertThat(stretch.sent()).isLessThan(PER_SECOND);
    }

    @Test
    void aFloodKeepsNobodyFromSending() throws Exception {
        path.ofEachReceive = Duration.ofNanos(1000);
        for (int i = 0; i < 1_000_000; i++) {
            path.arrives(new EchoSocket.Foreign(), Duration.ZERO);
        }
        assertThat(conversation.ask(PROBE, SECOND).sent()).isEqualTo(PER_SECOND);
    }

    @Test
    void whatThisEndWasTooSlowForIsTold() throws Exception {
        path.overrun = 5;
        path.farSide = (echo, far) -> far.overrun++;
        assertThat(conversation.ask(PROBE, SECOND).overrun()).isEqualTo(PER_SECOND);
    }

    @Test
    void anInterruptEndsIt() {
        path.farSide = (_, _) -> Thread.currentThread().interrupt();
        assertThatThrownBy(() -> conversation.ask(PROBE, SECOND)).isInstanceOf(InterruptedException.class);
        assertThat(path.sentAt()).hasSize(1);
    }
}
