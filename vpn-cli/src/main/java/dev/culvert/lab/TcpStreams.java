package dev.culvert.lab;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * TCP streams between two hosts that carry as much as they can until they are closed; the payload is neither made nor
 * looked at meanwhile. Two threads of this JVM a stream.
 */
public final class TcpStreams implements AutoCloseable {
    /** As iperf3 has it. */
    private static final int CHUNK_BYTES = 128 * 1024;

    private final List<TcpPair> pairs = new ArrayList<>();
    private final LongAdder received = new LongAdder();
    private final Workers workers;

    private TcpStreams(String what) {
        this.workers = new Workers(what);
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
            Thread _ = all.workers.start("tcp-receiver", () -> all.receive(pair.receiver()));
            Thread _ = all.workers.start("tcp-sender", () -> send(pair.sender()));
        }
        return all;
    }

    /** By the receiving programs, since the beginning, all streams together. */
    public long receivedBytes() throws LabException {
        workers.check();
        return received.sum();
    }

    /** What is under way is lost. */
    @Override
    public void close() throws LabException {
        workers.end();
        for (TcpPair pair : pairs) {
            pair.close();
        }
        workers.join();
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
