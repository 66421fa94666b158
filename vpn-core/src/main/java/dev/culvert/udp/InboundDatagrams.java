package dev.culvert.udp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries what the channel receives to the lane. Confined to its loop. */
final class InboundDatagrams extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(InboundDatagrams.class);

    /** Received, and lent to the receiver until the end of the receive. */
    private final List<ByteBuf> held = new ArrayList<>();

    private @Nullable UdpReceiver receiver;
    private final BooleanSupplier writable;
    private final Bugs bugs;

    InboundDatagrams(BooleanSupplier writable, Bugs bugs) {
        this.writable = writable;
        this.bugs = bugs;
    }

    void begin(UdpReceiver begun) {
        if (receiver != null) {
            throw new IllegalStateException("this socket already has a receiver");
        }
        receiver = begun;
    }

    /** Nothing is sent or received before {@link #begin}: who would be told what became of it? */
    UdpReceiver receiver() {
        return Objects.requireNonNull(receiver, "receive() comes before send()");
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        DatagramPacket packet = (DatagramPacket) message;
        ByteBuf datagram = packet.content();
        held.add(datagram);
        receiver().onDatagram(datagram, packet.sender());
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        try {
            receiver().onReceiveComplete();
        } finally {
            held.forEach(ByteBuf::release);
            held.clear();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        reportWritable();
    }

    void reportWritable() {
        if (writable.getAsBoolean()) {
            receiver().onWritable();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof IOException) {
            // The answer to a datagram sent earlier (ICMP), told to the next receive. The peer's timers notice anyway.
            LOG.debug("receive failed: {}", cause.getMessage());
        } else {
            bugs.report(cause);
        }
    }
}
