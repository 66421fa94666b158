package dev.culvert.bench.live;

import dev.culvert.bench.kernel.EchoSocket.Reply;
import java.time.Duration;
import java.util.BitSet;

/**
 * The latest requests, and which reply fits one. Nothing that a reply says is believed: its number must be of a request,
 * its token is known to nobody who has not received that request, and when it was sent is written down here. Knows no
 * clock; confined to one thread.
 */
final class Requests {
    /** For so long a reply is waited for. */
    static final Duration PATIENCE = Duration.ofSeconds(1);

    /** What a reply is. */
    enum Verdict {
        ANSWERED,
        /** A request as old as that is lost. */
        LATE,
        /** Its request is answered: networks duplicate, and a bridge loop does so for a living. */
        REPEATED,
        /** Never asked for, changed, or cut. */
        UNFIT
    }

    // Of request n at n % tokens.length.
    private final long[] tokens;
    private final int[] payloadBytes;
    private final long[] sentNanos;
    private final BitSet answered = new BitSet();

    private long next;

    /** @param most requests within {@link #PATIENCE} */
    Requests(int most) {
        tokens = new long[most];
        payloadBytes = new int[most];
        sentNanos = new long[most];
    }

    /** Of the next request. */
    long nextNumber() {
        return next;
    }

    void onSent(long token, int payloadBytes, long nowNanos) {
        int place = place(next);
        tokens[place] = token;
        this.payloadBytes[place] = payloadBytes;
        sentNanos[place] = nowNanos;
        answered.clear(place);
        next++;
    }

    Verdict onReply(Reply reply, long nowNanos) {
        if (reply.number() < 0 || reply.number() >= next) {
            return Verdict.UNFIT;
        }
        if (next - reply.number() > tokens.length) {
            return Verdict.LATE;
        }
        int place = place(reply.number());
        if (tokens[place] != reply.token() || payloadBytes[place] != reply.payloadBytes()) {
            return Verdict.UNFIT;
        }
        if (answered.get(place)) {
            return Verdict.REPEATED;
        }
        if (ageNanos(reply.number(), nowNanos) > PATIENCE.toNanos()) {
            return Verdict.LATE;
        }
        answered.set(place);
        return Verdict.ANSWERED;
    }

    /** Of one of the latest requests. */
    long ageNanos(long number, long nowNanos) {
        return nowNanos - sentNanos[place(number)];
    }

    private int place(long number) {
        return (int) (number % tokens.length);
    }
}
