package dev.culvert.udp;

import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;

/** What a {@link UdpTransport} tells its lane, always on the lane's loop. */
public interface UdpReceiver {
    /**
     * Borrows {@code datagram}, a writable direct buffer whose readable bytes are one datagram. The memory of all
     * datagrams stays as it is until {@link #onReceiveComplete} has returned; the buffer's indices, and what of the
     * buffer lies outside of the datagram, are the socket's.
     */
    void onDatagram(ByteBuf datagram, InetSocketAddress from);

    /** Nothing more was received: what was collected from the datagrams should now leave, for their memory is used again. */
    void onReceiveComplete();

    /** The socket takes datagrams again after {@link UdpTransport#isWritable} was false. */
    void onWritable();

    /** {@code count} datagrams handed to {@code send} were sent. */
    void onSent(int count);

    /** {@code count} datagrams were refused by the kernel; {@code tooLarge} when they exceed the path MTU (EMSGSIZE). */
    void onSendFailed(int count, boolean tooLarge);
}
