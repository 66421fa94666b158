package dev.culvert.lab;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/** Both ends of one TCP connection between two hosts, held by this JVM. A socket stays in the host that opened it. */
public record TcpPair(SocketChannel sender, SocketChannel receiver) implements AutoCloseable {
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);

    /** @param address of the receiving host, through the network to be measured */
    public static TcpPair open(LabHost from, LabHost to, String address) throws LabException {
        try (ServerSocketChannel server = to.call(() -> listen(address))) {
            SocketChannel sender = from.call(SocketChannel::open);
            try {
                sender.socket()
                        .connect(
                                new InetSocketAddress(address, server.socket().getLocalPort()),
                                Math.toIntExact(CONNECT_LIMIT.toMillis()));
                return new TcpPair(sender, server.accept());
            } catch (IOException e) {
                sender.close();
                throw e;
            }
        } catch (IOException e) {
            throw new LabException("TCP from %s to %s, %s: %s".formatted(from, to, address, e.getMessage()), e);
        }
    }

    private static ServerSocketChannel listen(String address) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open();
        try {
            return server.bind(new InetSocketAddress(address, 0));
        } catch (IOException e) {
            server.close();
            throw e;
        }
    }

    /** Also ends, with an exception, whatever another thread does on either end. */
    @Override
    public void close() throws LabException {
        try (sender;
                receiver) {
            // both are closed here, whichever fails
        } catch (IOException e) {
            throw new LabException("TCP: close: " + e.getMessage(), e);
        }
    }
}
