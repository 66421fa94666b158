package dev.culvert.bench.live;

import dev.culvert.bench.kernel.IcmpSocket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * Echo requests at a steady rate for a time, and what came back. The rate is a cap: after a pause of the scheduler at most
 * {@value #MAX_BURST} requests follow each other at once, and the rest is not caught up with.
 */
final class EchoStretch {
    static final int MAX_BURST = 16;

    private static final Duration GRACE = Duration.ofSeconds(1);
    private static final long MAX_ROUND_TRIP_NANOS = Duration.ofSeconds(60).toNanos();
    private static final int DIGITS = 3;

    private final IcmpSocket socket;
    private final int payloadBytes;
    private final long intervalNanos;
    private final AtomicLong received = new AtomicLong();
    private volatile long firstSequence;
    private volatile long awaited = Long.MAX_VALUE; // until the last request is out
    private volatile long endNanos;

    /**
     * @param sent requests that left
     * @param returned replies, each counted once
     * @param roundTrips nanoseconds, of the replies
     */
    record Result(long sent, long returned, Duration took, Histogram roundTrips) {
        double lossPercent() {
            return sent == 0 ? 0 : 100.0 * (sent - returned) / sent;
        }
    }

    EchoStretch(IcmpSocket socket, int payloadBytes, double requestsPerSecond) {
        this.socket = socket;
        this.payloadBytes = payloadBytes;
        this.intervalNanos = (long) (Duration.ofSeconds(1).toNanos() / requestsPerSecond);
    }

    /** @param firstSequence larger than every number used before with this socket: late replies are then told apart */
    Result run(long firstSequence, Duration length) throws IOException, InterruptedException {
        this.firstSequence = firstSequence;
        long beganNanos = System.nanoTime();
        endNanos = beganNanos + length.plus(GRACE).toNanos();
        Histogram roundTrips = new Histogram(1, MAX_ROUND_TRIP_NANOS, DIGITS);
        FutureTask<Void> receiver = new FutureTask<>(() -> receive(roundTrips), null);
        Thread thread = Thread.ofPlatform().daemon().name("echo-receiver").start(receiver);
        try {
            long sent = send(beganNanos, length);
            Duration took = Duration.ofNanos(System.nanoTime() - beganNanos);
            awaited = sent;
            receiver.get();
            return new Result(sent, received.get(), took, roundTrips);
        } catch (ExecutionException e) {
            throw new IOException("receiving replies: " + e.getCause(), e);
        } finally {
            awaited = 0;
            thread.join(); // the socket may be closed after this
        }
    }

    private long send(long beganNanos, Duration length) throws IOException, InterruptedException {
        long sent = 0;
        long dueNanos = beganNanos;
        long nowNanos = beganNanos;
        while (nowNanos - beganNanos < length.toNanos()) {
            dueNanos = Math.max(dueNanos, nowNanos - MAX_BURST * intervalNanos);
            while (dueNanos - nowNanos <= 0) {
                if (socket.send(firstSequence + sent, System.nanoTime(), payloadBytes)) {
                    sent++;
                }
                dueNanos += intervalNanos;
            }
            LockSupport.parkNanos(dueNanos - nowNanos);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            nowNanos = System.nanoTime();
        }
        return sent;
    }

    private void receive(Histogram roundTrips) {
        SeenOnce seen = new SeenOnce();
        while (received.get() < awaited && System.nanoTime() - endNanos < 0) {
            Optional<IcmpSocket.Reply> reply;
            try {
                reply = socket.receive();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            long nowNanos = System.nanoTime();
            reply.filter(each -> each.sequence() >= firstSequence && seen.mark(each.sequence() - firstSequence))
                    .ifPresent(each -> {
                        received.incrementAndGet();
                        // The far side may send back another time stamp than ours; a histogram takes no nonsense.
                        roundTrips.recordValue(Math.clamp(nowNanos - each.sentNanos(), 1, MAX_ROUND_TRIP_NANOS));
                    });
        }
    }
}
