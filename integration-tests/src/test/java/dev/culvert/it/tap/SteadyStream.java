package dev.culvert.it.tap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.lab.LabException;
import dev.culvert.lab.LabHost;
import dev.culvert.lab.TcpPair;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A TCP connection that carries random data at a modest rate while other things happen, until it is told to stop. Both
 * ends hash what they see.
 */
final class SteadyStream implements AutoCloseable {
    private static final int CHUNK_BYTES = 32 * 1024;
    private static final long POLL_NANOS = 1_000_000;

    private final TcpPair tcp;
    private final long chunkEveryNanos;
    private final AtomicLong sentBytes = new AtomicLong();
    private final AtomicLong receivedBytes = new AtomicLong();
    private final FutureTask<String> sent = new FutureTask<>(this::send);
    private final FutureTask<String> received = new FutureTask<>(this::receive);
    private volatile boolean finishing;

    private SteadyStream(TcpPair tcp, long bytesPerSecond) {
        this.tcp = tcp;
        this.chunkEveryNanos = Duration.ofSeconds(1).toNanos() * CHUNK_BYTES / bytesPerSecond;
    }

    static SteadyStream start(LabHost from, LabHost to, String address, long bytesPerSecond) throws LabException {
        SteadyStream stream = new SteadyStream(TcpPair.open(from, to, address), bytesPerSecond);
        Thread.ofPlatform().daemon().name("steady-sender").start(stream.sent);
        Thread.ofPlatform().daemon().name("steady-receiver").start(stream.received);
        return stream;
    }

    /** Something sent after this call has arrived. */
    void awaitProgress(Duration limit) {
        long now = sentBytes.get();
        long deadlineNanos = System.nanoTime() + limit.toNanos();
        while (receivedBytes.get() <= now) {
            assertThat(System.nanoTime() - deadlineNanos)
                    .as("still stuck at %d of %d bytes after %s", receivedBytes.get(), now, limit)
                    .isNegative();
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    long receivedBytes() {
        return receivedBytes.get();
    }

    boolean isFlowing() {
        return !sent.isDone() && !received.isDone();
    }

    /** Sends no more, and asserts that all that was sent arrives. */
    void finishIntact(Duration limit) throws Exception {
        finishing = true;
        String atSender = sent.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        String atReceiver = received.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        assertThat(receivedBytes).hasValue(sentBytes.get()).doesNotHaveValue(0);
        assertThat(atReceiver).as("SHA-256").isEqualTo(atSender);
    }

    @Override
    public void close() throws LabException {
        finishing = true;
        tcp.close();
    }

    private String send() throws IOException {
        SplittableRandom random = new SplittableRandom(42);
        MessageDigest hash = sha256();
        byte[] chunk = new byte[CHUNK_BYTES];
        long due = System.nanoTime();
        while (!finishing) {
            random.nextBytes(chunk);
            hash.update(chunk);
            for (ByteBuffer left = ByteBuffer.wrap(chunk); left.hasRemaining(); ) {
                sentBytes.addAndGet(tcp.sender().write(left));
            }
            due += chunkEveryNanos;
            LockSupport.parkNanos(due - System.nanoTime());
        }
        tcp.sender().shutdownOutput();
        return HexFormat.of().formatHex(hash.digest());
    }

    private String receive() throws IOException {
        MessageDigest hash = sha256();
        ByteBuffer buffer = ByteBuffer.allocate(CHUNK_BYTES);
        for (int read = tcp.receiver().read(buffer);
                read >= 0;
                read = tcp.receiver().read(buffer.clear())) {
            hash.update(buffer.flip());
            receivedBytes.addAndGet(read);
        }
        return HexFormat.of().formatHex(hash.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
