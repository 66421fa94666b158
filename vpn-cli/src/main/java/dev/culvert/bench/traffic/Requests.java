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

/** One datagram to the far side, which sends it back; then the next. Blocking sockets, a thread each: the shortest way. */
final class Requests implements AutoCloseable {
    private static final int SIGNIFICANT_DIGITS = 3;
    private static final long LONGEST_NANOS = 60_000_000_000L;
    private static final Duration LOOK_INTERVAL = Duration.ofMillis(100);
    /** Without an answer the request is sent again; its round trip is the whole time since it was first sent. */
    private static final int LOOKS_BEFORE_REPEATING = 5;

    private static final int LOOKS_BEFORE_GIVING_UP = 50;

    private final UdpPair sockets;
    private final int payloadBytes;
    private final Workers workers = new Workers("requests");

    private volatile Histogram roundTrips = newHistogram(); // written by the client alone, after it was put here
    private volatile long number; // of the request under way
    private long countedSinceNanos;
    private int repeated; // since then

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
        long last = -1;
        int stuck = 0;
        for (long left = length.toNanos(); left > 0; left = deadlineNanos - System.nanoTime()) {
            OwnGenerator.pause(Duration.ofNanos(Math.min(left, LOOK_INTERVAL.toNanos())));
            workers.check();
            stuck = number == last ? stuck + 1 : 0;
            last = number;
            if (stuck >= LOOKS_BEFORE_GIVING_UP) {
                throw new LabException("requests: no answer within %d ms".formatted(stuck * LOOK_INTERVAL.toMillis()));
            }
            if (stuck > 0 && stuck % LOOKS_BEFORE_REPEATING == 0) {
                repeat(last);
            }
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

    /** Round trips that end from now on count. */
    void count() {
        repeated = 0;
        roundTrips = newHistogram();
        countedSinceNanos = System.nanoTime();
    }

    /** Since {@link #count}; ends the counting. */
    Carried carried() {
        Histogram counted = roundTrips;
        long nanos = System.nanoTime() - countedSinceNanos;
        roundTrips = newHistogram();
        long answered = counted.getTotalCount();
        return new Carried(nanos, answered * payloadBytes, answered + repeated, answered, 0, Optional.of(counted));
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
            long sentNanos = System.nanoTime();
            channel.write(packet.putLong(0, request).clear());
            do {
                channel.read(packet.clear());
            } while (packet.getLong(0) != request); // an answer to a repeated request that had been answered
            roundTrips.recordValue(Math.min(System.nanoTime() - sentNanos, LONGEST_NANOS));
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
