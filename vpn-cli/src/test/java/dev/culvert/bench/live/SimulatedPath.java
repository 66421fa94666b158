package dev.culvert.bench.live;

import dev.culvert.bench.kernel.EchoSocket;
import dev.culvert.testkit.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** A far side that answers as a test wants, in time that passes only while somebody waits or a call takes some. */
final class SimulatedPath implements EchoSocket {
    static final int HEADER_BYTES = 28;

    /** What a request leads to, and when. */
    @FunctionalInterface
    interface FarSide {
        void onRequest(Reply echo, SimulatedPath path);
    }

    private record Arrival(long elapsedNanos, Received what) {}

    private final ManualClock clock;
    private final long beganNanos;
    private final PriorityQueue<Arrival> underWay =
            new PriorityQueue<>(Comparator.comparingLong(Arrival::elapsedNanos));
    private final List<Long> sentAt = new ArrayList<>();
    FarSide farSide = (echo, path) -> path.arrives(echo, Duration.ofMillis(1));
    Duration ofEachReceive = Duration.ZERO;
    Duration pauseOfTheNextWait = Duration.ZERO;
    int refuseWith;
    long overrun;

    SimulatedPath(ManualClock clock) {
        this.clock = clock;
        this.beganNanos = clock.nanoTime();
    }

    void arrives(Received what, Duration in) {
        underWay.add(new Arrival(elapsed() + in.toNanos(), what));
    }

    /** Of each request that left, since the beginning. */
    List<Long> sentAt() {
        return sentAt;
    }

    private long elapsed() {
        return clock.nanoTime() - beganNanos;
    }

    @Override
    public int headerBytes() {
        return HEADER_BYTES;
    }

    @Override
    public int send(long number, long token, int payloadBytes) {
        if (refuseWith != 0) {
            return refuseWith;
        }
        sentAt.add(elapsed());
        farSide.onRequest(new Reply(number, token, payloadBytes), this);
        return 0;
    }

    @Override
    public Received receive() {
        clock.advance(ofEachReceive);
        Arrival next = underWay.peek();
        if (next == null || next.elapsedNanos() > elapsed()) {
            return new Nothing();
        }
        underWay.remove();
        return next.what();
    }

    @Override
    public void await(long nanos) {
        Arrival next = underWay.peek();
        long untilNext = next == null ? Long.MAX_VALUE : Math.max(0, next.elapsedNanos() - elapsed());
        clock.advance(Duration.ofNanos(Math.min(nanos, untilNext)).plus(pauseOfTheNextWait));
        pauseOfTheNextWait = Duration.ZERO;
    }

    @Override
    public long overrun() {
        return overrun;
    }
}
