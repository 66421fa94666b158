package dev.culvert.udp;

import dev.culvert.metrics.CounterId;
import dev.culvert.metrics.Counters;
import dev.culvert.udp.io.MessageOutlet;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Bursts of datagrams on their way to the kernel: as few and large messages as it takes, several of them a call. What it
 * refuses as a segmented message goes singly, datagram by datagram, and none of them is lost by that. Owns the buffers
 * it is given. Confined to its loop.
 */
final class SendQueue {
    /** UDP_MAX_SEGMENTS is 64 in kernels before 6.7, 128 since. */
    static final int MAX_SEGMENTS = 64;

    /** A segmented message is one IP packet until it is cut, so it has the limit of one: 65,535 less the headers. */
    static final int MAX_MESSAGE_BYTES = 65_500;

    private static final InetSocketAddress NOWHERE = new InetSocketAddress(0);

    // asm-generic/errno-base.h
    private static final int EINTR = 4;
    private static final int EAGAIN = 11;

    /** What became of {@link #send}. */
    enum Outcome {
        EMPTY,
        /** The socket is full: wait for it. */
        FULL,
        /** The kernel is short of memory: nothing tells when it has some. */
        NO_BUFFERS
    }

    /** Who is told what became of datagrams. */
    interface Account {
        void onSent(int count);

        void onSendFailed(int count, boolean tooLarge);
    }

    private final MessageOutlet outlet;
    private final Account account;
    private final Counters counters;
    private final boolean segmentation;
    private final SegmentationRefusals refusals = new SegmentationRefusals();
    private final Deque<Burst> bursts = new ArrayDeque<>();
    private final Deque<Burst> spare = new ArrayDeque<>();
    /** Of the call that is being made. */
    private final int[] bytesOfMessage = new int[MessageOutlet.SLOTS];

    private long queuedBytes;
    private long heldDatagrams;

    SendQueue(MessageOutlet outlet, boolean segmentation, Account account, Counters counters) {
        this.outlet = outlet;
        this.segmentation = segmentation;
        this.account = account;
        this.counters = counters;
    }

    /** Readable bytes of {@code datagrams}, not empty: datagrams of {@code segmentBytes}, the last may be shorter. */
    void add(ByteBuf datagrams, int segmentBytes, InetSocketAddress remote) {
        Burst burst = spare.isEmpty() ? new Burst() : spare.pop();
        burst.datagrams = datagrams;
        burst.position = datagrams.readerIndex();
        burst.end = datagrams.writerIndex();
        burst.segmentBytes = segmentBytes;
        burst.perMessage = segmentsPerMessage(segmentBytes, remote);
        burst.remote = remote;
        burst.repeated = false;
        bursts.add(burst);
        queuedBytes += datagrams.readableBytes();
        heldDatagrams += burst.count();
    }

    private int segmentsPerMessage(int segmentBytes, InetSocketAddress remote) {
        boolean singly =
                !segmentation || (!refusals.isEmpty() && refusals.covers(remote, segmentBytes, System.nanoTime()));
        return singly ? 1 : Math.clamp(MAX_MESSAGE_BYTES / segmentBytes, 1, MAX_SEGMENTS);
    }

    long queuedBytes() {
        return queuedBytes;
    }

    long heldDatagrams() {
        return heldDatagrams;
    }

    /** Hands the kernel what it takes. */
    Outcome send() {
        while (!bursts.isEmpty()) {
            int count = prepare();
            counters.increment(CounterId.UDP_SEND_CALLS);
            int sent = outlet.send(count);
            if (sent > 0) {
                for (int message = 0; message < sent; message++) {
                    onSent(bytesOfMessage[message]);
                }
            } else if (sent == -EAGAIN) {
                return Outcome.FULL;
            } else if (sent != -EINTR && onRefused(SendFailure.ofErrno(-sent))) {
                return Outcome.NO_BUFFERS;
            }
        }
        return Outcome.EMPTY;
    }

    /** As many messages as a call takes, from the oldest datagram on. */
    private int prepare() {
        int count = 0;
        for (Burst burst : bursts) {
            int at = burst.position;
            while (at < burst.end && count < MessageOutlet.SLOTS) {
                int bytes = Math.min(burst.perMessage * burst.segmentBytes, burst.end - at);
                int segment = bytes > burst.segmentBytes ? burst.segmentBytes : 0;
                outlet.put(count, burst.remote, burst.datagrams.memoryAddress() + at, bytes, segment);
                bytesOfMessage[count] = bytes;
                at += bytes;
                count++;
            }
            if (count == MessageOutlet.SLOTS) {
                break;
            }
        }
        return count;
    }

    private void onSent(int bytes) {
        Burst oldest = bursts.element();
        int datagrams = Math.ceilDiv(bytes, oldest.segmentBytes);
        advance(oldest, bytes, datagrams);
        account.onSent(datagrams);
    }

    /** Of the oldest message. True when it is better to wait before the next. */
    private boolean onRefused(SendFailure failure) {
        Burst oldest = bursts.element();
        int bytes = bytesOfMessage[0];
        if (failure == SendFailure.PENDING_ICMP && !oldest.repeated) {
            oldest.repeated = true;
            return false;
        }
        if (bytes > oldest.segmentBytes && failure.mayGoSingly()) {
            counters.increment(CounterId.SEGMENTED_SENDS_REFUSED);
            refusals.note(oldest.remote, oldest.segmentBytes, System.nanoTime());
            oldest.perMessage = 1;
            return false;
        }
        int datagrams = Math.ceilDiv(bytes, oldest.segmentBytes);
        advance(oldest, bytes, datagrams);
        account.onSendFailed(datagrams, failure == SendFailure.TOO_LARGE);
        return failure == SendFailure.NO_BUFFERS;
    }

    private void advance(Burst oldest, int bytes, int datagrams) {
        oldest.position += bytes;
        queuedBytes -= bytes;
        heldDatagrams -= datagrams;
        if (oldest.position == oldest.end) {
            bursts.remove();
            oldest.datagrams.release();
            spare.push(oldest);
        }
    }

    /** Everything that is queued is reported as failed, its buffers released. */
    void close() {
        while (!bursts.isEmpty()) {
            Burst oldest = bursts.element();
            int datagrams = oldest.count();
            advance(oldest, oldest.end - oldest.position, datagrams);
            account.onSendFailed(datagrams, false);
        }
    }

    /** Datagrams for one remote, back to back; those before {@link #position} are sent. Used again and again. */
    private static final class Burst {
        ByteBuf datagrams = Unpooled.EMPTY_BUFFER;
        int position;
        int end;
        int segmentBytes;
        int perMessage;
        InetSocketAddress remote = NOWHERE;
        boolean repeated;

        int count() {
            return Math.ceilDiv(end - position, segmentBytes);
        }
    }
}
