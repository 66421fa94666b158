package dev.culvert.udp;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;
import java.io.IOException;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries what the channel receives to the lane. Confined to its loop. */
final class InboundDatagrams extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(InboundDatagrams.class);

    private final UdpReceiver receiver;
    private final BooleanSupplier writable;
    private final Bugs bugs;

    InboundDatagrams(UdpReceiver receiver, BooleanSupplier writable, Bugs bugs) {
        this.receiver = receiver;
        this.writable = writable;
        this.bugs = bugs;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        DatagramPacket packet = (DatagramPacket) message;
        receiver.onDatagram(packet.content(), packet.sender());
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        receiver.onReceiveComplete();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        reportWritable();
    }

    void reportWritable() {
        if (writable.getAsBoolean()) {
            receiver.onWritable();
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
