package dev.culvert.lab;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * TCP streams between two hosts that carry as much as they can until they are closed; the payload is neither made nor
 * looked at meanwhile. One thread of this JVM sends and one receives, however many streams there are, as iperf3 has it: a
 * pair of threads a stream takes more of the processors from what is measured (with four, 8 % of its throughput).
 */
public final class TcpStreams implements AutoCloseable {
    /** As iperf3 has it. */
    private static final int CHUNK_BYTES = 128 * 1024;

    private final Workers workers;
    private final Selector sending;
    private final Selector receiving;
    private final List<TcpPair> pairs = new ArrayList<>();
    private volatile long receivedBytes; // written by the receiver alone

    private TcpStreams(String what, Selector sending, Selector receiving) {
        this.workers = new Workers(what);
        this.sending = sending;
        this.receiving = receiving;
    }

    /** @param address of the receiving host, through the network to be measured */
    public static TcpStreams start(LabHost from, LabHost to, String address, int streams) throws LabException {
        String what = "TCP from %s to %s, %s".formatted(from, to, address);
        try {
            TcpStreams all = new TcpStreams(what, Selector.open(), Selector.open());
            try {
                for (int stream = 0; stream < streams; stream++) {
                    all.add(TcpPair.open(from, to, address));
                }
            } catch (IOException e) {
                all.close();
                throw e;
            }
            Thread _ = all.workers.start("tcp-receiver", all::receive);
            Thread _ = all.workers.start("tcp-sender", all::send);
            return all;
        } catch (LabException e) {
            throw e;
        } catch (IOException e) {
            throw new LabException(what + ": " + e.getMessage(), e);
        }
    }

    private void add(TcpPair pair) throws IOException {
        pairs.add(pair);
        pair.sender().configureBlocking(false).register(sending, SelectionKey.OP_WRITE);
        pair.receiver().configureBlocking(false).register(receiving, SelectionKey.OP_READ);
    }

    /** By the receiving program, since the beginning, all streams together. */
    public long receivedBytes() throws LabException {
        workers.check();
        return receivedBytes;
    }

    /** What is under way is lost. */
    @Override
    public void close() throws LabException {
        workers.end();
        sending.wakeup();
        receiving.wakeup();
        workers.join();
        try (sending;
                receiving) {
            for (TcpPair pair : pairs) {
                pair.close();
            }
        } catch (LabException e) {
            throw e;
        } catch (IOException e) {
            throw new LabException("TCP: close: " + e.getMessage(), e);
        }
    }

    private void send() throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(CHUNK_BYTES);
        while (!workers.isEnding()) {
            sending.select();
            for (SelectionKey key : sending.selectedKeys()) {
                var _ = ((SocketChannel) key.channel()).write(buffer.clear());
            }
            sending.selectedKeys().clear();
        }
    }

    private void receive() throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(CHUNK_BYTES);
        long bytes = 0;
        while (!workers.isEnding()) {
            receiving.select();
            for (SelectionKey key : receiving.selectedKeys()) {
                int read = ((SocketChannel) key.channel()).read(buffer.clear());
                if (read < 0) {
                    throw new EOFException("the far side has closed it");
                }
                bytes += read;
                receivedBytes = bytes;
            }
            receiving.selectedKeys().clear();
        }
    }
}
