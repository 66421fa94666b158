package dev.culvert.cli.control;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Lines of UTF-8 over a connected socket, each with a limit of size and of time. Confined to one thread. */
final class LineChannel implements AutoCloseable {
    private static final int END_OF_STREAM = -1;
    private static final int CHUNK_BYTES = 8192;

    private final SocketChannel channel;
    private final Selector selector;

    private LineChannel(SocketChannel channel, Selector selector) {
        this.channel = channel;
        this.selector = selector;
    }

    /** Takes ownership of {@code channel}: closed with this, or at once when this fails. */
    static LineChannel over(SocketChannel channel) throws IOException {
        try {
            channel.configureBlocking(false);
            return new LineChannel(channel, Selector.open());
        } catch (IOException failed) {
            channel.close();
            throw failed;
        }
    }

    /** The bytes up to the first line end; what follows it is not read again: each connection carries one line a way. */
    String readLine(int maxBytes, Duration timeout) throws IOException {
        long deadlineNanos = System.nanoTime() + timeout.toNanos();
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES);
        while (true) {
            await(SelectionKey.OP_READ, deadlineNanos);
            if (channel.read(chunk.clear()) == END_OF_STREAM) {
                throw new IOException("connection closed before the end of the line");
            }
            int length = lengthOfLine(chunk.flip());
            line.write(chunk.array(), 0, length);
            if (line.size() > maxBytes) {
                throw new IOException("line longer than %d bytes".formatted(maxBytes));
            }
            if (length < chunk.limit()) {
                return line.toString(StandardCharsets.UTF_8);
            }
        }
    }

    private static int lengthOfLine(ByteBuffer chunk) {
        for (int i = 0; i < chunk.limit(); i++) {
            if (chunk.get(i) == '\n') {
                return i;
            }
        }
        return chunk.limit();
    }

    void writeLine(String line, Duration timeout) throws IOException {
        long deadlineNanos = System.nanoTime() + timeout.toNanos();
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(line + "\n");
        while (bytes.hasRemaining()) {
            await(SelectionKey.OP_WRITE, deadlineNanos);
            channel.write(bytes);
        }
    }

    /** Returns when the other side has closed, or its process has ended. */
    void awaitEnd(Duration timeout) throws IOException {
        long deadlineNanos = System.nanoTime() + timeout.toNanos();
        ByteBuffer ignored = ByteBuffer.allocate(CHUNK_BYTES);
        do {
            await(SelectionKey.OP_READ, deadlineNanos);
        } while (channel.read(ignored.clear()) != END_OF_STREAM);
    }

    private void await(int operation, long deadlineNanos) throws IOException {
        channel.register(selector, operation);
        long leftMillis = Duration.ofNanos(deadlineNanos - System.nanoTime()).toMillis();
        if (leftMillis <= 0 || selector.select(leftMillis) == 0) {
            throw new SocketTimeoutException("no answer in time");
        }
        selector.selectedKeys().clear();
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            selector.close();
        }
    }
}
