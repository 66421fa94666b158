package dev.culvert.udp;

import dev.culvert.metrics.CounterId;
import dev.culvert.udp.io.MessageOutlet;
import dev.culvert.udp.io.MessageReceiver;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.IoEvent;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoEvent;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A UDP socket in the loop's own epoll set, without a Netty channel: one receive buffer, used again and again, and calls
 * of our own (docs/decisions/0003). Every datagram is reported to the receiver exactly once, as sent or as failed.
 * Confined to its loop.
 */
final class EpollUdpTransport implements UdpTransport, EpollIoHandle, SendQueue.Account {
    private static final Logger LOG = LoggerFactory.getLogger(EpollUdpTransport.class);

    /** Until the loop looks at the TAP again. */
    private static final int RECEIVES_A_WAKEUP = 4;

    /** From here on it is sent without waiting for the flush: a buffer that is sent is soon free again, and still warm. */
    private static final int SEND_AT_BYTES = 8_192;

    /** Beside what the kernel holds; and until there is less, the TAP is not read. */
    private static final long HIGH_WATER_BYTES = 1 << 20;

    private static final long FULL_BYTES = 2 << 20;

    /** A caller who does not heed {@link #isWritable} is refused from here on. */
    private static final long MAX_QUEUED_BYTES = 16 << 20;

    private static final long CONGESTION_MILLIS = 2;
    private static final int EAGAIN = 11; // asm-generic/errno-base.h

    private static final EpollIoOps READING = EpollIoOps.EPOLLIN;
    private static final EpollIoOps READING_AND_WRITING = EpollIoOps.EPOLLIN.with(EpollIoOps.EPOLLOUT);

    private final LoopThread thread;
    private final LaneSocket socket;
    private final boolean ipv6;
    private final InetSocketAddress local;
    private final String setup;
    private final int slots;
    private final int slotBytes;
    private final int maxDatagramBytes;
    private final ByteBuf received;
    private final MessageReceiver messages;
    private final SendQueue queue;

    private @Nullable IoRegistration registration;
    private @Nullable UdpReceiver receiver;
    private boolean full;
    private boolean congested;
    private final Runnable closer = this::closeOnLoop;
    private boolean reportsWritable;
    private boolean closed;

    /** On the loop. Takes over {@code socket}, which is bound. */
    EpollUdpTransport(LoopThread thread, LaneSocket socket, EpollSockets.Setup setup, MessageOutlet outlet) {
        this.thread = thread;
        this.socket = socket;
        this.ipv6 = setup.ipv6();
        this.local = socket.localAddress();
        this.setup = setup.text();
        this.slots = setup.slots();
        this.slotBytes = setup.slotBytes();
        this.maxDatagramBytes = setup.maxDatagramBytes();
        int bytes = slots * slotBytes;
        this.received = PooledByteBufAllocator.DEFAULT.directBuffer(bytes, bytes);
        this.messages = new MessageReceiver(socket.number(), ipv6, received.memoryAddress(), slots, slotBytes);
        this.queue = new SendQueue(outlet, setup.segmentation(), this, thread.counters());
        thread.closeLater(closer);
    }

    @Override
    public void receive(UdpReceiver begun) {
        try {
            boolean _ = thread.call(() -> {
                if (receiver != null) {
                    throw new IllegalStateException("this socket already has a receiver");
                }
                if (!closed) {
                    receiver = begun;
                    register();
                }
                return true;
            });
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("the socket cannot receive", e);
        }
    }

    private void register() {
        // On the loop's own thread the future is complete on return.
        var registered = thread.eventLoop().register(this);
        if (!registered.isSuccess()) {
            throw new IllegalStateException("epoll refused the socket", registered.cause());
        }
        registration = registered.getNow();
        submit(READING);
    }

    /** Nothing is sent or received before {@link #receive}: who would be told what became of it? */
    private UdpReceiver receiver() {
        UdpReceiver told = receiver;
        if (told == null) {
            throw new IllegalStateException("receive() comes before send()");
        }
        return told;
    }

    private void submit(EpollIoOps ops) {
        IoRegistration current = registration;
        if (current != null) {
            thread.counters().increment(CounterId.LOOP_WAIT_CALLS); // epoll_ctl
            var _ = current.submit(ops);
        }
    }

    @Override
    public FileDescriptor fd() {
        return socket;
    }

    @Override
    public void handle(IoRegistration from, IoEvent event) {
        if (closed) {
            return;
        }
        try {
            onEvent(((EpollIoEvent) event).ops());
        } catch (Throwable e) { // an Error too: it would end the loop
            thread.bugs().report(e);
        }
    }

    private void onEvent(EpollIoOps ops) {
        if (full && ops.contains(EpollIoOps.EPOLLOUT)) {
            full = false;
            submit(READING);
            trySend(); // and no more: the TAP, which waited for it, comes before what would fill the queue again
        } else {
            receiveWhatIsThere();
        }
    }

    private void receiveWhatIsThere() {
        for (int i = 0; i < RECEIVES_A_WAKEUP; i++) {
            int count = messages.receive();
            thread.counters().increment(CounterId.UDP_RECEIVE_CALLS);
            if (count == -EAGAIN) {
                return;
            }
            if (count < 0) {
                // The answer to a datagram sent earlier (ICMP), told to the next receive. The peer's timers notice
                // anyway.
                LOG.debug("receive failed: errno {}", -count);
                continue;
            }
            deliver(count);
            if (closed || count < slots) {
                return; // there was no more a moment ago, and if there is now, the loop tells
            }
        }
    }

    private void deliver(int count) {
        UdpReceiver told = receiver();
        try {
            for (int slot = 0; slot < count && !closed; slot++) {
                deliver(told, slot);
            }
        } finally {
            if (!closed) {
                told.onReceiveComplete();
            }
            for (int slot = 0; slot < count; slot++) {
                messages.reset(slot);
            }
        }
    }

    private void deliver(UdpReceiver told, int slot) {
        InetSocketAddress from = messages.sender(slot);
        int segmentBytes = messages.segmentBytes(slot);
        int at = slot * slotBytes;
        int end = at + messages.bytes(slot);
        do {
            int next = Math.min(at + segmentBytes, end);
            try {
                told.onDatagram(received.setIndex(at, Math.min(next, at + maxDatagramBytes)), from);
            } catch (Throwable e) { // a defect that one datagram meets is not to cost those of others
                thread.bugs().report(e);
            }
            at = next;
        } while (at < end && !closed);
    }

    @Override
    public void send(ByteBuf datagrams, int segmentBytes, InetSocketAddress remote) {
        int bytes = datagrams.readableBytes();
        if (bytes == 0) {
            datagrams.release();
            return;
        }
        if (closed || !canReach(remote) || queue.queuedBytes() > MAX_QUEUED_BYTES) {
            datagrams.release();
            receiver().onSendFailed(Math.ceilDiv(bytes, segmentBytes), false);
            return;
        }
        queue.add(datagrams, segmentBytes, remote);
        if (queue.queuedBytes() >= SEND_AT_BYTES) {
            trySend();
        }
        if (!isWritable()) {
            reportsWritable = true;
        }
    }

    /** An IPv4 socket given an IPv6 address would send to what its last four bytes spell as IPv4. */
    private boolean canReach(InetSocketAddress remote) {
        return ipv6 || !(remote.getAddress() instanceof Inet6Address);
    }

    private void trySend() {
        if (full || congested || closed) {
            return;
        }
        switch (queue.send()) {
            case EMPTY -> {}
            case FULL -> {
                full = true;
                submit(READING_AND_WRITING);
            }
            case NO_BUFFERS -> pauseForBuffers();
        }
        if (reportsWritable && isWritable()) {
            reportsWritable = false;
            receiver().onWritable();
        }
    }

    /** Nothing tells when the kernel has memory again, so look again soon. */
    private void pauseForBuffers() {
        congested = true;
        reportsWritable = true;
        Runnable again = () -> {
            congested = false;
            trySend();
        };
        var _ = thread.eventLoop().schedule(again, CONGESTION_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void onSent(int count) {
        receiver().onSent(count);
    }

    @Override
    public void onSendFailed(int count, boolean tooLarge) {
        receiver().onSendFailed(count, tooLarge);
    }

    @Override
    public void flush() {
        trySend();
    }

    @Override
    public boolean isWritable() {
        return !congested && queue.queuedBytes() < HIGH_WATER_BYTES;
    }

    @Override
    public boolean isFull() {
        return congested || queue.queuedBytes() >= FULL_BYTES;
    }

    @Override
    public long heldDatagrams() {
        return queue.heldDatagrams();
    }

    @Override
    public void sharePort() throws UdpException {
        try {
            socket.setReusePort(true);
        } catch (IOException e) {
            throw new UdpException(
                    "cannot share UDP " + UdpBinding.text(local) + " among lanes: " + e.getMessage()
                            + " (set lanes = 1)",
                    e);
        }
    }

    @Override
    public InetSocketAddress localAddress() {
        return local;
    }

    @Override
    public String description() {
        return setup;
    }

    /** What is queued is reported as failed. On return the loop no longer knows the descriptor. */
    @Override
    public void close() {
        thread.onLoop(this::closeOnLoop);
        thread.barrier();
    }

    private void closeOnLoop() {
        if (closed) {
            return;
        }
        closed = true;
        thread.letGo(closer);
        queue.close();
        IoRegistration current = registration;
        registration = null;
        if (current != null) {
            var _ = current.cancel();
        }
        socket.closeQuietly();
        received.release();
    }
}
