package dev.culvert.bench.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.bench.kernel.EchoSocket.Reply;
import dev.culvert.bench.live.Requests.Verdict;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RequestsTest {
    private static final int MOST = 4;
    private static final long TOKEN = 0x5ca1ab1e;
    private static final int BYTES = 56;
    private static final long PATIENCE = Requests.PATIENCE.toNanos();

    private final Requests requests = new Requests(MOST);
    private long sent;

    @BeforeEach
    void one() {
        sent = Long.MAX_VALUE - 10; // a clock that wraps around meanwhile
        requests.onSent(TOKEN, BYTES, sent);
    }

    @Test
    void anEchoAnswersOnce() {
        assertThat(requests.onReply(new Reply(0, TOKEN, BYTES), sent + 1000)).isEqualTo(Verdict.ANSWERED);
        assertThat(requests.ageNanos(0, sent + 1000)).isEqualTo(1000);
        assertThat(requests.onReply(new Reply(0, TOKEN, BYTES), sent + 1001)).isEqualTo(Verdict.REPEATED);
    }

    @ParameterizedTest(name = "{0}, {1} on the token, {2} bytes more: {3}")
    @CsvSource({
        "1,  0,  0, never sent",
        "-1, 0,  0, has no number",
        "0,  1,  0, made up by whoever has not seen the request",
        "0,  0, -1, cut",
        "0,  0,  1, longer than what was sent",
    })
    void whatIsNoEchoIsUnfitAndTakesNothingFromTheRequest(long number, long change, int more, String because) {
        assertThat(requests.onReply(new Reply(number, TOKEN + change, BYTES + more), sent + 1))
                .as(because)
                .isEqualTo(Verdict.UNFIT);
        assertThat(requests.onReply(new Reply(0, TOKEN, BYTES), sent + 2)).isEqualTo(Verdict.ANSWERED);
    }

    @Test
    void anAnswerAsOldAsPatienceCountsAndAnOlderOneIsLate() {
        requests.onSent(TOKEN, BYTES, sent);
        assertThat(requests.onReply(new Reply(0, TOKEN, BYTES), sent + PATIENCE))
                .isEqualTo(Verdict.ANSWERED);
        assertThat(requests.onReply(new Reply(1, TOKEN, BYTES), sent + PATIENCE + 1))
                .isEqualTo(Verdict.LATE);
    }

    @Test
    void theOldestRequestThatIsRememberedIsAnsweredAndOneBeforeItIsLate() {
        for (int i = 1; i <= MOST; i++) {
            requests.onSent(TOKEN + i, BYTES, sent);
        }
        assertThat(requests.onReply(new Reply(1, TOKEN + 1, BYTES), sent)).isEqualTo(Verdict.ANSWERED);
        assertThat(requests.onReply(new Reply(0, TOKEN, BYTES), sent)).isEqualTo(Verdict.LATE);
        assertThat(requests.onReply(new Reply(0, TOKEN + MOST, BYTES), sent))
                .as("its place is another's now")
                .isEqualTo(Verdict.LATE);
        assertThat(requests.onReply(new Reply(MOST, TOKEN + MOST, BYTES), sent)).isEqualTo(Verdict.ANSWERED);
    }
}
