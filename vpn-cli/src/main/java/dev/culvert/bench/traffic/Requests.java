package dev.culvert.bench.traffic;

import dev.culvert.bench.contest.Carried;
import dev.culvert.lab.LabException;
import dev.culvert.lab.Workers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/**
 * One datagram to the far side, which sends it back; then the next. Blocking sockets, a thread each: the shortest way. A
 * request counts when it was sent while it counted, whenever its answer comes: what got stuck must not be left out.
 */
final class Requests implements AutoCloseable {
    private static final int SIGNIFICANT_DIGITS = 3;
    private static final long LONGEST_NANOS = 60_000_000_000L;
    private static final Duration LOOK_INTERVAL = Duration.ofMillis(20);
    /** Without an answer the request is sent again; its round trip is the whole time since it was first sent. */
    private static final Duration REPEAT_AFTER = Duration.ofMillis(500);

    private static final Duration GIVE_UP_AFTER = Duration.ofSeconds(5);

    private final UdpPair sockets;
    private final int payloadBytes;
    private final Workers workers = new Workers("requests");

    // Of the client alone, between its taking and its next request.
    private volatile Histogram roundTrips = newHistogram();
    private volatile long number; // of the request under way; after it, what is recorded is seen

    // Of the measuring thread.
    private Histogram counted = roundTrips;
    private long countedSinceNanos;
    private long repeated; // since then
    private long lookedAt = -1; // the request that was under way at the last look
    private long underWaySinceNanos;
    private long sentNanos;

    private Requests(UdpPair sockets, int payloadBytes) {
        this.sockets = sockets;
        this.payloadBytes = payloadBytes;
    }

    /** Takes ownership of {@code sockets}. */
    static Requests start(UdpPair sockets, int payloadBytes) {
        if (payloadBytes < Long.BYTES) {
            throw new IllegalArgumentException(
                    "a payload of %d bytes has no room for its number".formatted(payloadBytes));
        }
        Requests requests = new Requests(sockets, payloadBytes);
        Thread _ = requests.workers.start("udp-server", requests::answer);
        Thread _ = requests.workers.start("udp-client", requests::ask);
        return requests;
    }

    /** Lets them go for {@code length}, and repeats what is lost. */
    void keepGoing(Duration length) throws LabException {
        long deadlineNanos = System.nanoTime() + length.toNanos();
        for (long left = length.toNanos(); left > 0; left = deadlineNanos - System.nanoTime()) {
            OwnGenerator.pause(Duration.ofNanos(Math.min(left, LOOK_INTERVAL.toNanos())));
            look();
        }
    }

    private void look() throws LabException {
        workers.check();
        long nowNanos = System.nanoTime();
        long current = number;
        if (current != lookedAt) {
            lookedAt = current;
            underWaySinceNanos = nowNanos;
            sentNanos = nowNanos;
        } else if (nowNanos - underWaySinceNanos >= GIVE_UP_AFTER.toNanos()) {
            throw new LabException("requests: no answer within " + GIVE_UP_AFTER.toSeconds() + " s");
        } else if (nowNanos - sentNanos >= REPEAT_AFTER.toNanos()) {
            repeat(current);
            sentNanos = nowNanos;
        }
    }

    private void repeat(long request) throws LabException {
        repeated++;
        try {
            sockets.first().write(ByteBuffer.allocateDirect(payloadBytes).putLong(0, request));
        } catch (IOException e) {
            throw new LabException("requests: " + e.getMessage(), e);
        }
    }

    /** What is sent from now on counts. */
    void count() {
        repeated = 0;
        counted = newHistogram();
        roundTrips = counted;
        countedSinceNanos = System.nanoTime();
    }

    /** What is sent from now on does not count any more, and goes on; returns for how long it did. */
    long endCount() {
        roundTrips = newHistogram();
        return System.nanoTime() - countedSinceNanos;
    }

    /** What counted, when the last of it has its answer. */
    Carried carried(long nanos) throws LabException {
        long last = number; // those behind it do not count
        while (number == last) {
            keepGoing(LOOK_INTERVAL);
        }
        long answered = counted.getTotalCount();
        return new Carried(nanos, answered * payloadBytes, answered + repeated, answered, Optional.of(counted));
    }

    @Override
    public void close() throws LabException {
        workers.end();
        sockets.close();
        workers.join();
    }

    private void ask() throws IOException {
        DatagramChannel channel = sockets.first();
        ByteBuffer packet = ByteBuffer.allocateDirect(payloadBytes);
        for (long request = 0; !workers.isEnding(); request++) {
            number = request;
            Histogram histogram = roundTrips;
            long beganNanos = System.nanoTime();
            channel.write(packet.putLong(0, request).clear());
            do {
                channel.read(packet.clear());
            } while (packet.getLong(0) != request); // an answer to a repeated request that had been answered
            histogram.recordValue(Math.min(System.nanoTime() - beganNanos, LONGEST_NANOS));
        }
    }

    private void answer() throws IOException {
        DatagramChannel channel = sockets.second();
        ByteBuffer packet = ByteBuffer.allocateDirect(payloadBytes);
        while (!workers.isEnding()) {
            channel.read(packet.clear());
            channel.write(packet.flip());
        }
    }

    private static Histogram newHistogram() {
        return new Histogram(LONGEST_NANOS, SIGNIFICANT_DIGITS);
    }
}
