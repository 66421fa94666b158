package dev.culvert.udp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import java.net.InetSocketAddress;

/**
 * Datagrams on their way through the channel, kept until the kernel has taken or refused them, because a refused
 * segmented send is repeated singly. Owns one reference to {@code datagrams}; the channel owns another.
 */
final class QueuedDatagrams implements ChannelFutureListener {
    /** Who decides what becomes of refused datagrams. */
    @FunctionalInterface
    interface Owner {
        void onCompleted(QueuedDatagrams queued, ChannelFuture completed);
    }

    static final long NOT_WRITTEN = 0;

    final ByteBuf datagrams;
    final int segmentBytes;
    final int count;
    final InetSocketAddress remote;
    private final Owner owner;
    boolean repeated;
    /** Its place among all that was written to the channel, as long as it is there. */
    long number = NOT_WRITTEN;

    QueuedDatagrams(ByteBuf datagrams, int segmentBytes, int count, InetSocketAddress remote, Owner owner) {
        this.datagrams = datagrams;
        this.segmentBytes = segmentBytes;
        this.count = count;
        this.remote = remote;
        this.owner = owner;
    }

    @Override
    public void operationComplete(ChannelFuture completed) {
        owner.onCompleted(this, completed);
    }
}
