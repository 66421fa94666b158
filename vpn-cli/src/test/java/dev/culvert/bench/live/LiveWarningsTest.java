package dev.culvert.bench.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.bench.live.Requests.Verdict;
import dev.culvert.device.Errno;
import dev.culvert.tunnel.TunnelStatus;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class LiveWarningsTest {
    private static final int PER_SECOND = 1000;
    private static final Probe PROBE = new Probe("10 Mbit/s", 1404, PER_SECOND);
    private static final TunnelStatus QUIET = Statuses.of(4711, Map.of("replayed", 3L));

    @Test
    void aSoundRunHasNone() {
        assertThat(warnings(asked(PER_SECOND, PER_SECOND))).isEmpty();
    }

    @Test
    void aRateThatWasNotReachedIsTold() {
        assertThat(warnings(asked(PER_SECOND * 9 / 10, PER_SECOND * 9 / 10)))
                .containsExactly(
                        "less was sent than asked for (10 Mbit/s: 90 %): this machine was busy, or refused it");
    }

    @Test
    void oneSlowRoundOfThreeIsNone() {
        Stretch full = asked(PER_SECOND, PER_SECOND);
        assertThat(warnings(asked(PER_SECOND / 2, PER_SECOND / 2), full, full)).isEmpty();
    }

    @Test
    void ofAFewRequestsOneMayHaveBeenDueAtTheEnd() {
        Probe slow = new Probe("slow", 84, 3);
        assertThat(LiveWarnings.of(QUIET, QUIET, List.of(figures(slow, asked(2, 2)))))
                .isEmpty();
    }

    @Test
    void lossIsTold() {
        assertThat(warnings(asked(PER_SECOND, PER_SECOND - 1)))
                .singleElement()
                .asString()
                .startsWith("replies were missing (10 Mbit/s)");
    }

    @Test
    void whatTheTunnelDroppedMeanwhileIsTold() {
        TunnelStatus after = Statuses.of(4711, Map.of("replayed", 5L));
        assertThat(LiveWarnings.of(QUIET, after, List.of(figures(PROBE, asked(PER_SECOND, PER_SECOND)))))
                .containsExactly("culvert0 dropped 2 during the run: replayed");
    }

    @Test
    void cpuTimeThatCannotBeKnownIsMissedAloud() {
        LiveFigures figures =
                new LiveFigures(PROBE, List.of(new LiveFigures.Round(asked(PER_SECOND, PER_SECOND), Optional.empty())));
        assertThat(LiveWarnings.of(QUIET, QUIET, List.of(figures)))
                .containsExactly(
                        "CPU time is left out: seen from here, process 4711 does not hold culvert0 (another process namespace?)");
        assertThat(LiveFigures.sections(List.of(figures)))
                .extracting(section -> section.id())
                .containsExactly("round-trip", "carried", "loss");
    }

    @Test
    void whatCameBesidesEchoesIsToldForAllRoundsTogether() {
        Stretch first = asked(PER_SECOND, PER_SECOND);
        first.onReply(Verdict.UNFIT);
        first.onReply(Verdict.LATE);
        first.onRefusal(Errno.EPERM);
        first.onOverrun(4);
        Stretch second = asked(PER_SECOND, PER_SECOND);
        second.onReply(Verdict.UNFIT);
        second.onReply(Verdict.REPEATED);
        second.onRefusal(Errno.EPERM);
        assertThat(warnings(first, second))
                .containsExactly(
                        "2 requests were refused, by this machine or by an ICMP error: EPERM",
                        "2 replies were no echo of a request (not asked for, changed or cut) and do not count",
                        "1 replies came later than a second after their request, which counts as lost",
                        "1 replies came once more: something on the way duplicates",
                        "4 messages came faster than this end took them: so much of the loss may be its own");
    }

    private static List<String> warnings(Stretch... stretches) {
        return LiveWarnings.of(QUIET, QUIET, List.of(figures(PROBE, stretches)));
    }

    private static LiveFigures figures(Probe probe, Stretch... stretches) {
        return new LiveFigures(
                probe,
                Arrays.stream(stretches)
                        .map(each -> new LiveFigures.Round(each, Optional.of(1L)))
                        .toList());
    }

    /** For a second. */
    private static Stretch asked(int sent, int answered) {
        Stretch stretch = new Stretch();
        for (int i = 0; i < sent; i++) {
            stretch.onSent();
        }
        for (int i = 0; i < answered; i++) {
            stretch.onAnswer(1_000_000);
        }
        stretch.onSendingOver(Duration.ofSeconds(1));
        return stretch;
    }
}
