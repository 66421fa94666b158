package dev.culvert.udp;

import dev.culvert.metrics.CounterId;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.socket.DatagramPacket;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/**
 * A UDP socket as a Netty channel, for machines where {@link EpollUdpTransport} cannot be. Every datagram is reported to
 * the receiver exactly once, as sent or as failed. Confined to its loop.
 */
final class NioUdpTransport implements UdpTransport {
    /** A caller who does not heed {@link #isFull} is refused from here on. */
    private static final long MAX_QUEUED_BYTES = 16 << 20;

    private static final long FULL_BYTES = 4 << 20;

    private static final long CONGESTION_MILLIS = 2;

    private final Channel channel;
    private final LoopThread thread;
    private final boolean ipv6;
    private final String setup;
    private final InboundDatagrams inbound;
    private boolean congested;
    private long heldDatagrams;

    /** @param release what the channel holds besides its own socket; run once it is closed */
    NioUdpTransport(Channel channel, LoopThread thread, boolean ipv6, String setup, Runnable release) {
        this.channel = channel;
        this.thread = thread;
        this.ipv6 = ipv6;
        this.setup = setup;
        inbound = new InboundDatagrams(this::isWritable, thread.bugs());
        channel.pipeline().addLast(inbound);
        channel.closeFuture().addListener(_ -> release.run());
    }

    /** Complete on return, on the loop. */
    ChannelFuture bind(InetSocketAddress listen) {
        ChannelFuture registered = thread.register(channel);
        return registered.isSuccess() ? channel.bind(listen) : registered;
    }

    @Override
    public void receive(UdpReceiver receiver) {
        thread.onLoop(() -> {
            inbound.begin(receiver);
            channel.config().setAutoRead(true);
        });
    }

    @Override
    public void send(ByteBuf datagrams, int segmentBytes, InetSocketAddress remote) {
        int bytes = datagrams.readableBytes();
        if (bytes > 0 && (!canReach(remote) || channel.bytesBeforeWritable() > MAX_QUEUED_BYTES)) {
            inbound.receiver().onSendFailed(Math.ceilDiv(bytes, segmentBytes), false);
        } else {
            int end = datagrams.writerIndex();
            for (int from = datagrams.readerIndex(); from < end; from += segmentBytes) {
                heldDatagrams++;
                new Queued(datagrams.retainedSlice(from, Math.min(segmentBytes, end - from)), remote).write();
            }
        }
        datagrams.release();
    }

    /** An IPv4 socket given an IPv6 address would send to what its last four bytes spell as IPv4. */
    private boolean canReach(InetSocketAddress remote) {
        return ipv6 || !(remote.getAddress() instanceof Inet6Address);
    }

    /** Nothing tells when the kernel has memory again, so look again soon. */
    private void pauseForBuffers() {
        if (congested) {
            return;
        }
        congested = true;
        Runnable again = () -> {
            congested = false;
            inbound.reportWritable();
        };
        var _ = channel.eventLoop().schedule(again, CONGESTION_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void flush() {
        channel.flush();
    }

    @Override
    public boolean isWritable() {
        return !congested && channel.isWritable();
    }

    @Override
    public boolean isFull() {
        return congested || channel.bytesBeforeWritable() > FULL_BYTES;
    }

    @Override
    public long heldDatagrams() {
        return heldDatagrams;
    }

    @Override
    public void sharePort() {
        channel.config().setOption(NioSockets.REUSE_PORT, true);
    }

    @Override
    public InetSocketAddress localAddress() {
        return (InetSocketAddress) channel.localAddress();
    }

    @Override
    public String description() {
        return setup;
    }

    /** What is queued is reported as failed. */
    @Override
    public void close() {
        var _ = channel.close();
    }

    /** A datagram on its way through the channel, kept until the kernel has taken or refused it. Owns a reference. */
    private final class Queued implements ChannelFutureListener {
        private final ByteBuf datagram;
        private final InetSocketAddress remote;
        private boolean repeated;

        Queued(ByteBuf datagram, InetSocketAddress remote) {
            this.datagram = datagram;
            this.remote = remote;
        }

        void write() {
            channel.write(new DatagramPacket(datagram.retain(), remote)).addListener(this);
        }

        @Override
        public void operationComplete(ChannelFuture completed) {
            Throwable cause = completed.cause();
            SendFailure failure = cause == null ? null : SendFailure.of(cause);
            if (failure != SendFailure.CLOSED) {
                thread.counters().increment(CounterId.UDP_SEND_CALLS);
            }
            if (failure == SendFailure.PENDING_ICMP && !repeated) {
                repeated = true;
                write();
                flush();
                return;
            }
            datagram.release();
            heldDatagrams--;
            if (failure == null) {
                inbound.receiver().onSent(1);
            } else {
                inbound.receiver().onSendFailed(1, failure == SendFailure.TOO_LARGE);
                if (failure == SendFailure.NO_BUFFERS) {
                    pauseForBuffers();
                }
            }
        }
    }
}
