package dev.culvert.udp;

import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;

/** What a {@link UdpTransport} tells its lane, always on the lane's loop. */
public interface UdpReceiver {
    /**
     * Takes ownership of {@code datagram}, a writable direct buffer whose readable bytes are one datagram:
     * often a slice of a large one, so what is kept for long is better copied.
     */
    void onDatagram(ByteBuf datagram, InetSocketAddress from);

    /** No more datagrams for the moment: what was collected from them should now leave. */
    void onReceiveComplete();

    /** The socket takes datagrams again after {@link UdpTransport#isWritable} was false. */
    void onWritable();

    /** {@code count} datagrams handed to {@code send} were sent. */
    void onSent(int count);

    /** {@code count} datagrams were refused by the kernel; {@code tooLarge} when they exceed the path MTU (EMSGSIZE). */
    void onSendFailed(int count, boolean tooLarge);
}
