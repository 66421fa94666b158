package dev.culvert.bench.traffic;

import dev.culvert.bench.contest.Carried;
import dev.culvert.lab.LabException;
import dev.culvert.lab.Workers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * Datagrams of one size from the first socket of a pair to the second, at a rate. Each says its number and in which
 * {@link #RAMP phase} it was sent, so that sent and arrived speak of the same datagrams, wherever they were when
 * counting began and ended.
 */
final class UdpFlow implements AutoCloseable {
    // payload: u64 number, u8 phase, zeros
    static final int NUMBER = 0;
    static final int PHASE = NUMBER + Long.BYTES;
    static final int MIN_PAYLOAD_BYTES = PHASE + 1;

    private static final byte RAMP = 0;
    private static final byte COUNTED = 1;
    private static final byte OVER = 2;

    /** Nothing has come for so long: nothing will. */
    private static final Duration QUIET = Duration.ofMillis(50);

    private static final Duration LONGEST_QUEUE = Duration.ofSeconds(2);

    private final UdpPair sockets;
    private final int payloadBytes;
    private final Workers workers = new Workers("UDP");
    private final Thread sender;
    private volatile byte phase = RAMP;
    private volatile long countedSinceNanos;

    // One writer each; the measuring thread reads them when that one is done or quiet.
    private volatile long sent;
    private volatile long arrived;
    private volatile long late;
    private volatile long seen;

    private UdpFlow(UdpPair sockets, int payloadBytes, int packetsPerSecond) {
        this.sockets = sockets;
        this.payloadBytes = payloadBytes;
        Thread _ = workers.start("udp-receiver", this::receive);
        this.sender = workers.start("udp-sender", () -> send(packetsPerSecond));
    }

    /**
     * Takes ownership of {@code sockets}.
     *
     * @param packetsPerSecond 0 for as many as one thread can send
     */
    static UdpFlow start(UdpPair sockets, int payloadBytes, int packetsPerSecond) {
        if (payloadBytes < MIN_PAYLOAD_BYTES) {
            throw new IllegalArgumentException(
                    "a payload of %d bytes has no room for its number".formatted(payloadBytes));
        }
        return new UdpFlow(sockets, payloadBytes, packetsPerSecond);
    }

    /** What is sent from now on counts. */
    void count() {
        countedSinceNanos = System.nanoTime();
        phase = COUNTED;
    }

    /** Ends sending and waits for the last to arrive; returns for how long was counted. */
    long stop() throws LabException {
        end();
        workers.join(sender);
        long counted = System.nanoTime() - countedSinceNanos;
        awaitQuiet();
        return counted;
    }

    private void end() {
        phase = OVER;
        workers.end();
    }

    private void awaitQuiet() throws LabException {
        long deadlineNanos = System.nanoTime() + LONGEST_QUEUE.toNanos();
        long before;
        do {
            before = seen;
            OwnGenerator.pause(QUIET);
        } while (seen != before && System.nanoTime() - deadlineNanos < 0);
    }

    /** After {@link #stop}. */
    Carried carried(long nanos) throws LabException {
        workers.check();
        return new Carried(nanos, arrived * payloadBytes, sent, arrived, late, Optional.empty());
    }

    @Override
    public void close() throws LabException {
        end();
        sockets.close();
        workers.join();
    }

    private void send(int packetsPerSecond) throws IOException {
        DatagramChannel channel = sockets.first();
        ByteBuffer packet = ByteBuffer.allocateDirect(payloadBytes);
        Pace pace = new Pace(packetsPerSecond, System.nanoTime());
        long number = 0;
        long counted = 0;
        for (byte now = phase; now != OVER; now = phase) {
            int due = pace.due(System.nanoTime());
            for (int i = 0; i < due; i++) {
                channel.write(packet.putLong(NUMBER, number++).put(PHASE, now).clear());
            }
            if (now == COUNTED) {
                counted += due;
                sent = counted;
            }
            long waitNanos = pace.waitNanos(System.nanoTime());
            if (waitNanos > 0) {
                LockSupport.parkNanos(waitNanos);
            }
        }
    }

    private void receive() throws IOException {
        DatagramChannel channel = sockets.second();
        ByteBuffer packet = ByteBuffer.allocateDirect(payloadBytes);
        long highest = -1;
        long all = 0;
        long counted = 0;
        long behind = 0;
        while (true) {
            channel.read(packet.clear());
            long number = packet.getLong(NUMBER);
            if (packet.get(PHASE) == COUNTED) {
                arrived = ++counted;
                if (number <= highest) {
                    late = ++behind;
                }
            }
            highest = Math.max(highest, number);
            seen = ++all;
        }
    }
}
