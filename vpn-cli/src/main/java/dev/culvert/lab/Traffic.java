package dev.culvert.lab;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** TCP traffic between two hosts, bounded in time: made, received and judged by this JVM. */
public final class Traffic {
    private static final int CHUNK_BYTES = 256 * 1024;

    private Traffic() {}

    /**
     * A transfer that has ended.
     *
     * @param sentSha256 of what was written, hexadecimal
     * @param receivedSha256 of what arrived
     */
    public record Transfer(long bytes, Duration took, String sentSha256, String receivedSha256) {
        public boolean isIntact() {
            return sentSha256.equals(receivedSha256);
        }

        public double gbitPerSecond() {
            return gbitsPerSecond(bytes, took.toNanos());
        }
    }

    /**
     * Sends {@code bytes} of random data, the same for the same {@code seed}, and hashes them at both ends. The hashing
     * shares the processor with the network under test: for rates, {@link #gbitPerSecond}.
     */
    public static Transfer transfer(LabHost from, LabHost to, String address, long bytes, long seed, Duration limit)
            throws LabException {
        long began = System.nanoTime();
        try (TcpPair tcp = TcpPair.open(from, to, address)) {
            FutureTask<String> sent = start("traffic-sender", () -> sendRandom(tcp.sender(), bytes, seed));
            FutureTask<Received> received = start("traffic-receiver", () -> receiveHashed(tcp.receiver()));
            String what = "%d bytes from %s to %s".formatted(bytes, from, to);
            Received arrived = await(received, what, began, limit);
            Duration took = Duration.ofNanos(System.nanoTime() - began);
            return new Transfer(arrived.bytes(), took, await(sent, what, began, limit), arrived.sha256());
        }
    }

    /** What one TCP stream carries, measured over {@code length}. */
    public static double gbitPerSecond(LabHost from, LabHost to, String address, Duration length) throws LabException {
        try (TcpStreams stream = TcpStreams.start(from, to, address, 1)) {
            long began = System.nanoTime();
            Thread.sleep(length);
            long bytes = stream.receivedBytes();
            if (bytes == 0) {
                throw new LabException("%s to %s, %s: nothing arrived within %s"
                        .formatted(from, to, address, CommandResult.seconds(length)));
            }
            return gbitsPerSecond(bytes, System.nanoTime() - began);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("TCP from %s to %s: interrupted".formatted(from, to), e);
        }
    }

    private record Received(long bytes, String sha256) {}

    private static String sendRandom(SocketChannel channel, long bytes, long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        MessageDigest hash = sha256();
        byte[] data = new byte[CHUNK_BYTES];
        ByteBuffer buffer = ByteBuffer.allocateDirect(CHUNK_BYTES);
        long left = bytes;
        while (left > 0) {
            random.nextBytes(data);
            int length = Math.toIntExact(Math.min(left, CHUNK_BYTES));
            hash.update(data, 0, length);
            writeAll(channel, buffer.clear().put(data, 0, length).flip());
            left -= length;
        }
        channel.shutdownOutput();
        return HexFormat.of().formatHex(hash.digest());
    }

    private static Received receiveHashed(SocketChannel channel) throws IOException {
        MessageDigest hash = sha256();
        ByteBuffer buffer = ByteBuffer.allocateDirect(CHUNK_BYTES);
        long bytes = 0;
        while (channel.read(buffer) >= 0) {
            bytes += buffer.position();
            hash.update(buffer.flip());
            buffer.clear();
        }
        return new Received(bytes, HexFormat.of().formatHex(hash.digest()));
    }

    private static void writeAll(SocketChannel channel, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    /** A thread of its own, not a virtual one: those wait for sockets in a way that costs throughput. */
    private static <T> FutureTask<T> start(String name, Callable<T> action) {
        FutureTask<T> task = new FutureTask<>(action);
        Thread.ofPlatform().daemon().name(name).start(task);
        return task;
    }

    private static <T> T await(FutureTask<T> task, String what, long beganNanos, Duration limit) throws LabException {
        try {
            return task.get(beganNanos + limit.toNanos() - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new LabException("%s: not done after %s".formatted(what, CommandResult.seconds(limit)), e);
        } catch (ExecutionException e) {
            throw new LabException(what + ": " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException(what + ": interrupted", e);
        }
    }

    private static double gbitsPerSecond(long bytes, long nanos) {
        return bytes * 8.0 / nanos;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
