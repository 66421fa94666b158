package dev.culvert.udp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/**
 * A UDP socket as a Netty channel. Bursts leave as segmented sends (UDP_SEGMENT) where the kernel takes them, else as
 * single datagrams; every datagram is reported to the receiver exactly once, as sent or as failed. Confined to its loop.
 */
final class NettyUdpTransport implements UdpTransport {
    /** UDP_MAX_SEGMENTS is 64 in kernels before 6.7, 128 since. */
    static final int MAX_SEGMENTS = 64;

    /** A segmented send is one IP packet until it is cut, so it has the limit of one: 65,535 less the headers. */
    static final int MAX_SEGMENTED_BYTES = 65_500;

    /** A caller who does not heed {@link #isWritable} is refused from here on. */
    private static final long MAX_QUEUED_BYTES = 16 << 20;

    private static final long FULL_BYTES = 4 << 20;

    private static final long CONGESTION_MILLIS = 2;

    private final Channel channel;
    private final LoopThread thread;
    private final boolean segmentation;
    private final boolean ipv6;
    private final String setup;
    private final SegmentationRefusals refusals = new SegmentationRefusals();
    private final InboundDatagrams inbound;
    private final SendCalls calls;
    private boolean congested;
    private long heldDatagrams;

    NettyUdpTransport(DatagramChannels.Opened opened, LoopThread thread, boolean ipv6, String setup) {
        this.channel = opened.channel();
        this.segmentation = opened.segmentation();
        this.thread = thread;
        this.ipv6 = ipv6;
        this.setup = setup;
        this.calls = new SendCalls(thread.counters());
        inbound = new InboundDatagrams(opened.maxDatagramBytes(), this::isWritable, thread.bugs());
        channel.pipeline().addLast(inbound);
        channel.closeFuture().addListener(_ -> opened.release().run());
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
        if (bytes == 0) {
            datagrams.release();
            return;
        }
        int count = (bytes - 1) / segmentBytes + 1;
        if (!canReach(remote) || channel.bytesBeforeWritable() > MAX_QUEUED_BYTES) {
            datagrams.release();
            inbound.receiver().onSendFailed(count, false);
            return;
        }
        heldDatagrams += count;
        if (count == 1) {
            enqueue(new QueuedDatagrams(datagrams, bytes, 1, remote, this::onCompleted));
        } else {
            int perSend = segmentsPerSend(segmentBytes, remote);
            split(datagrams, segmentBytes, perSend, remote);
        }
    }

    /** An IPv4 socket given an IPv6 address would send to what its last four bytes spell as IPv4. */
    private boolean canReach(InetSocketAddress remote) {
        return ipv6 || !(remote.getAddress() instanceof Inet6Address);
    }

    private int segmentsPerSend(int segmentBytes, InetSocketAddress remote) {
        if (!segmentation || refusals.covers(remote, segmentBytes, System.nanoTime())) {
            return 1;
        }
        return Math.clamp(MAX_SEGMENTED_BYTES / segmentBytes, 1, MAX_SEGMENTS);
    }

    /** Takes ownership. */
    private void split(ByteBuf datagrams, int segmentBytes, int perSend, InetSocketAddress remote) {
        int sendBytes = segmentBytes * perSend;
        int end = datagrams.writerIndex();
        for (int from = datagrams.readerIndex(); from < end; from += sendBytes) {
            int length = Math.min(sendBytes, end - from);
            int count = (length - 1) / segmentBytes + 1;
            ByteBuf slice = datagrams.retainedSlice(from, length);
            enqueue(new QueuedDatagrams(slice, segmentBytes, count, remote, this::onCompleted));
        }
        datagrams.release();
    }

    private void enqueue(QueuedDatagrams queued) {
        ByteBuf datagrams = queued.datagrams.retain(); // the channel releases once, onCompleted once
        ChannelFuture written = channel.write(calls.packet(queued, datagrams));
        calls.written(queued);
        written.addListener(queued);
    }

    private void onCompleted(QueuedDatagrams queued, ChannelFuture completed) {
        calls.completed(queued);
        Throwable cause = completed.cause();
        if (cause == null) {
            queued.datagrams.release();
            heldDatagrams -= queued.count;
            inbound.receiver().onSent(queued.count);
            return;
        }
        SendFailure failure = SendFailure.of(cause);
        if (failure == SendFailure.PENDING_ICMP && !queued.repeated) {
            queued.repeated = true;
            enqueue(queued);
            flush();
        } else if (queued.count > 1 && failure.mayGoSingly()) {
            refusals.note(queued.remote, queued.segmentBytes, System.nanoTime());
            split(queued.datagrams, queued.segmentBytes, 1, queued.remote);
            flush();
        } else {
            queued.datagrams.release();
            heldDatagrams -= queued.count;
            inbound.receiver().onSendFailed(queued.count, failure == SendFailure.TOO_LARGE);
            if (failure == SendFailure.NO_BUFFERS) {
                pauseForBuffers();
            }
        }
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
    public InetSocketAddress localAddress() {
        return (InetSocketAddress) channel.localAddress();
    }

    @Override
    public String description() {
        long refused = refusals.count();
        return refused == 0 ? setup : setup + ", " + refused + " segmented sends refused and repeated singly";
    }

    /** What is queued is reported as failed. */
    @Override
    public void close() {
        var _ = channel.close();
    }
}
