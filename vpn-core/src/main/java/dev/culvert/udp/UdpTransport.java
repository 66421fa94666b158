package dev.culvert.udp;

import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;

/** One UDP socket of a lane. Confined to the lane's loop. */
public interface UdpTransport extends AutoCloseable {
    /** Begins to receive: until then the kernel holds what arrives. Once. Callable from any thread. */
    void receive(UdpReceiver receiver);

    /**
     * Queues datagrams for one remote address; they leave with the next {@link #flush}. Takes ownership of
     * {@code datagrams}: released once sent or refused.
     *
     * @param datagrams the readable bytes: datagrams of {@code segmentBytes} back to back, the last may be shorter
     * @param segmentBytes size of a datagram, bytes; at least 1
     */
    void send(ByteBuf datagrams, int segmentBytes, InetSocketAddress remote);

    void flush();

    /** False while the socket takes no more: stop reading the TAP until {@link UdpReceiver#onWritable}. */
    boolean isWritable();

    /** True when {@link #send} should not be called at all: well beyond {@link #isWritable}, what was begun may end. */
    boolean isFull();

    /** Datagrams handed to {@link #send} that were neither sent nor refused yet. */
    long heldDatagrams();

    InetSocketAddress localAddress();

    /**
     * Other sockets of this user may bind the same address from now on (SO_REUSEPORT): those of further lanes. Not asked
     * for before binding, or a second tunnel would bind this port unnoticed and take half of the peers' datagrams.
     * Callable from any thread.
     */
    void sharePort() throws UdpException;

    /** For {@code status}: how the socket batches, its buffers, and what it does without. Callable from any thread. */
    default String description() {
        return "";
    }

    @Override
    void close();
}
