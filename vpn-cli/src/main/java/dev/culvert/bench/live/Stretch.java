package dev.culvert.bench.live;

import dev.culvert.bench.live.Requests.Verdict;
import dev.culvert.device.Errno;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** What came of asking at one rate for a time. Written by a {@link Conversation}, and then by nobody any more. */
final class Stretch {
    private static final int DIGITS = 3;

    private final Map<Verdict, Long> replies = new EnumMap<>(Verdict.class);
    private final Map<String, Long> refusals = new TreeMap<>();
    private final Histogram roundTrips = new Histogram(1, Requests.PATIENCE.toNanos(), DIGITS);
    private long sent;
    private long overrun;
    private Duration took = Duration.ZERO;

    void onSent() {
        sent++;
    }

    void onRefusal(int errno) {
        refusals.merge(Errno.name(errno), 1L, Long::sum);
    }

    void onReply(Verdict verdict) {
        replies.merge(verdict, 1L, Long::sum);
    }

    void onAnswer(long roundTripNanos) {
        onReply(Verdict.ANSWERED);
        roundTrips.recordValue(roundTripNanos);
    }

    void onSendingOver(Duration took) {
        this.took = took;
    }

    void onOverrun(long overrun) {
        this.overrun = overrun;
    }

    /** Requests that left. */
    long sent() {
        return sent;
    }

    /** Requests that were answered in time. */
    long answered() {
        return count(Verdict.ANSWERED);
    }

    boolean isAnsweredWholly() {
        return answered() == sent;
    }

    long count(Verdict verdict) {
        return replies.getOrDefault(verdict, 0L);
    }

    /** Names of errors, each with how often it came. */
    Map<String, Long> refusals() {
        return Collections.unmodifiableMap(refusals);
    }

    /** Messages to us that we were too slow for. */
    long overrun() {
        return overrun;
    }

    /** For so long was sent. */
    Duration took() {
        return took;
    }

    /** Only where something was sent. */
    double lossPercent() {
        return 100.0 * (sent - answered()) / sent;
    }

    double perSecond(long count) {
        return count * 1e9 / took.toNanos();
    }

    double roundTripNanos(double percent) {
        return roundTrips.getValueAtPercentile(percent);
    }
}
