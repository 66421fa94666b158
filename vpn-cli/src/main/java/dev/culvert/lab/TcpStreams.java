package dev.culvert.lab;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

/**
 * TCP streams between two hosts that carry as much as they can until they are closed; the payload is neither made nor
 * looked at meanwhile. Two threads of this JVM a stream, no virtual ones: those wait for sockets in a way that costs
 * throughput.
 */
public final class TcpStreams implements AutoCloseable {
    /** As iperf3 has it. */
    private static final int CHUNK_BYTES = 128 * 1024;

    private final String what;
    private final List<TcpPair> pairs = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final LongAdder received = new LongAdder();
    private final AtomicReference<Optional<IOException>> failure = new AtomicReference<>(Optional.empty());
    private volatile boolean closing;

    private TcpStreams(String what) {
        this.what = what;
    }

    /** @param address of the receiving host, through the network to be measured */
    public static TcpStreams start(LabHost from, LabHost to, String address, int streams) throws LabException {
        TcpStreams all = new TcpStreams("TCP from %s to %s, %s".formatted(from, to, address));
        try {
            for (int stream = 0; stream < streams; stream++) {
                all.pairs.add(TcpPair.open(from, to, address));
            }
        } catch (LabException e) {
            all.close();
            throw e;
        }
        for (TcpPair pair : all.pairs) {
            all.start("tcp-receiver", () -> all.receive(pair.receiver()));
            all.start("tcp-sender", () -> send(pair.sender()));
        }
        return all;
    }

    /** By the receiving programs, since the beginning, all streams together. */
    public long receivedBytes() throws LabException {
        Optional<IOException> failed = failure.get();
        if (failed.isPresent()) {
            throw new LabException(what + ": " + failed.get().getMessage(), failed.get());
        }
        return received.sum();
    }

    /** What is under way is lost. */
    @Override
    public void close() throws LabException {
        closing = true;
        for (TcpPair pair : pairs) {
            pair.close();
        }
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException(what + ": interrupted", e);
        }
    }

    private interface Pumping {
        void run() throws IOException;
    }

    private void start(String name, Pumping pumping) {
        threads.add(Thread.ofPlatform().daemon().name(name).start(() -> {
            try {
                pumping.run();
            } catch (IOException e) {
                if (!closing) {
                    failure.set(Optional.of(e));
                }
            }
        }));
    }

    private void receive(SocketChannel channel) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(CHUNK_BYTES);
        for (int read = channel.read(buffer); read >= 0; read = channel.read(buffer.clear())) {
            received.add(read);
        }
    }

    private static void send(SocketChannel channel) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(CHUNK_BYTES);
        while (true) {
            channel.write(buffer);
            if (!buffer.hasRemaining()) {
                buffer.clear();
            }
        }
    }
}
