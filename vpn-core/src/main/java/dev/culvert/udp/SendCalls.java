package dev.culvert.udp;

import dev.culvert.metrics.CounterId;
import dev.culvert.metrics.Counters;
import io.netty.buffer.ByteBuf;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.unix.SegmentedDatagramPacket;
import java.net.InetSocketAddress;

/**
 * Counts from outside the system calls that Netty makes to send. For every call it asks each message that takes part in
 * it for its recipient, beginning with the oldest that has not been completed (4.2.18: doWrite of EpollDatagramChannel,
 * doWriteMessage of NioDatagramChannel); so a call is made whenever that one is asked. Confined to its loop.
 */
final class SendCalls {
    private final Counters counters;
    private long lastWritten;
    private long oldest = 1;

    SendCalls(Counters counters) {
        this.counters = counters;
    }

    /** The message for Netty; takes over a reference to {@code content}. */
    DatagramPacket packet(QueuedDatagrams queued, ByteBuf content) {
        return queued.count > 1 ? new Burst(queued, content) : new Single(queued, content);
    }

    /** From now on Netty sends it; before, it has asked for the recipient to check it. */
    void written(QueuedDatagrams queued) {
        queued.number = ++lastWritten;
    }

    void completed(QueuedDatagrams queued) {
        if (queued.number != QueuedDatagrams.NOT_WRITTEN) {
            oldest = queued.number + 1;
            queued.number = QueuedDatagrams.NOT_WRITTEN;
        }
    }

    private void onRecipientAsked(QueuedDatagrams queued) {
        if (queued.number == oldest) {
            counters.increment(CounterId.UDP_SEND_CALLS);
        }
    }

    private final class Single extends DatagramPacket {
        private final QueuedDatagrams queued;

        Single(QueuedDatagrams queued, ByteBuf content) {
            super(content, queued.remote);
            this.queued = queued;
        }

        @Override
        public InetSocketAddress recipient() {
            onRecipientAsked(queued);
            return super.recipient();
        }
    }

    private final class Burst extends SegmentedDatagramPacket {
        private final QueuedDatagrams queued;

        Burst(QueuedDatagrams queued, ByteBuf content) {
            super(content, queued.segmentBytes, queued.remote);
            this.queued = queued;
        }

        @Override
        public InetSocketAddress recipient() {
            onRecipientAsked(queued);
            return super.recipient();
        }
    }
}
