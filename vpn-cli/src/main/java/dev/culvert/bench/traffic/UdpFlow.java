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
 * Datagrams of one size from the first socket of a pair to the second, at a rate. The first byte of each says whether it
 * was sent while it counted, so that sent and arrived speak of the same datagrams, wherever they were when counting
 * began and ended.
 */
final class UdpFlow implements AutoCloseable {
    private static final byte NOT_COUNTED = 0;
    private static final byte COUNTED = 1;

    /** Nothing has come for so long: nothing will. */
    private static final Duration QUIET = Duration.ofMillis(50);

    private static final Duration LONGEST_QUEUE = Duration.ofSeconds(2);

    private final UdpPair sockets;
    private final int payloadBytes;
    private final Workers workers = new Workers("UDP");
    private final Thread sender;
    private volatile byte mark = NOT_COUNTED;
    private long countedSinceNanos;

    // One writer each; the measuring thread reads them when that one is done or quiet.
    private volatile long sent;
    private volatile long arrived;
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
     * @param payloadBytes at least 1
     * @param packetsPerSecond 0 for as many as one thread can send
     */
    static UdpFlow start(UdpPair sockets, int payloadBytes, int packetsPerSecond) {
        return new UdpFlow(sockets, payloadBytes, packetsPerSecond);
    }

    /** What is sent from now on counts. */
    void count() {
        countedSinceNanos = System.nanoTime();
        mark = COUNTED;
    }

    /** What is sent from now on does not count any more, and flows on; returns for how long it did. */
    long endCount() {
        mark = NOT_COUNTED;
        return System.nanoTime() - countedSinceNanos;
    }

    /** Ends sending, and returns when all that counts has arrived or is lost. */
    void stop() throws LabException {
        workers.end();
        workers.join(sender);
        long deadlineNanos = System.nanoTime() + LONGEST_QUEUE.toNanos();
        long before = -1;
        while (arrived < sent && seen != before && System.nanoTime() - deadlineNanos < 0) {
            before = seen;
            OwnGenerator.pause(QUIET);
        }
    }

    /** After {@link #stop}. */
    Carried carried(long nanos) throws LabException {
        workers.check();
        return new Carried(nanos, arrived * payloadBytes, sent, arrived, Optional.empty());
    }

    @Override
    public void close() throws LabException {
        workers.end();
        sockets.close();
        workers.join();
    }

    private void send(int packetsPerSecond) throws IOException {
        DatagramChannel channel = sockets.first();
        ByteBuffer packet = ByteBuffer.allocateDirect(payloadBytes);
        Pace pace = new Pace(packetsPerSecond, System.nanoTime());
        long counted = 0;
        while (!workers.isEnding()) {
            int due = pace.due(System.nanoTime());
            byte now = mark;
            for (int i = 0; i < due; i++) {
                channel.write(packet.put(0, now).clear());
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
        long all = 0;
        long counted = 0;
        while (true) {
            channel.read(packet.clear());
            if (packet.get(0) == COUNTED) {
                arrived = ++counted;
            }
            seen = ++all;
        }
    }
}
