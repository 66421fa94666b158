package dev.culvert.bench.live;

import dev.culvert.bench.kernel.EchoSocket;
import dev.culvert.bench.live.Requests.Verdict;
import dev.culvert.crypto.Randomness;
import dev.culvert.time.MonotonicClock;
import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * Asks for echoes at steady rates, and listens. One thread does both, so nothing is shared; it takes the time of a reply
 * after at most one other call. Rates are caps: after a pause of the scheduler at most {@value #MAX_BURST} requests follow
 * each other at once, and the rest is not caught up with.
 */
final class Conversation {
    static final int MAX_BURST = 16;
    /** Whatever a peer floods us with, we send what is due. */
    private static final int MAX_RECEIVED_AT_ONCE = 64;
    /** Then an interrupt is noticed. */
    private static final long LONGEST_WAIT_NANOS = Duration.ofMillis(50).toNanos();

    private static final double NANOS_PER_SECOND = 1e9;

    private final EchoSocket socket;
    private final MonotonicClock clock;
    private final Randomness tokens;
    private final Requests requests;

    /**
     * Borrows {@code socket}.
     *
     * @param tokens as {@link Requests} has them
     */
    Conversation(EchoSocket socket, double mostPerSecond, MonotonicClock clock, Randomness tokens) {
        this.socket = socket;
        this.clock = clock;
        this.tokens = tokens;
        double most = mostPerSecond * Requests.PATIENCE.toNanos() / NANOS_PER_SECOND;
        this.requests = new Requests((int) Math.ceil(most) + MAX_BURST);
    }

    /** Returns when everything is answered or lost: no reply of one stretch is taken for one of the next. */
    Stretch ask(Probe probe, Duration length) throws InterruptedException {
        long overrunBefore = socket.overrun();
        Stretch stretch = new Stretch();
        send(probe, length, stretch);
        awaitReplies(stretch);
        stretch.onOverrun(socket.overrun() - overrunBefore);
        return stretch;
    }

    private void send(Probe probe, Duration length, Stretch stretch) throws InterruptedException {
        int payloadBytes = probe.packetBytes() - socket.headerBytes();
        long intervalNanos = (long) Math.ceil(NANOS_PER_SECOND / probe.perSecond());
        long beganNanos = clock.nanoTime();
        long due = 0; // as elapsed
        long elapsed = 0;
        while (elapsed < length.toNanos()) {
            due = Math.max(due, elapsed - (MAX_BURST - 1) * intervalNanos);
            if (due <= elapsed) {
                sendOne(payloadBytes, stretch);
                due += intervalNanos;
            } else {
                await(Math.min(due, length.toNanos()) - elapsed);
            }
            receive(stretch);
            elapsed = clock.nanoTime() - beganNanos;
        }
        stretch.onSendingOver(Duration.ofNanos(elapsed));
    }

    private void sendOne(int payloadBytes, Stretch stretch) {
        long token = ByteBuffer.wrap(tokens.bytes(Long.BYTES)).getLong();
        long nowNanos = clock.nanoTime();
        int errno = socket.send(requests.nextNumber(), token, payloadBytes);
        if (errno == 0) {
            requests.onSent(token, payloadBytes, nowNanos);
            stretch.onSent();
        } else {
            stretch.onRefusal(errno);
        }
    }

    private void awaitReplies(Stretch stretch) throws InterruptedException {
        long deadlineNanos = clock.nanoTime() + Requests.PATIENCE.toNanos();
        long leftNanos = Requests.PATIENCE.toNanos();
        while (!stretch.isAnsweredWholly() && leftNanos > 0) {
            await(leftNanos);
            receive(stretch);
            leftNanos = deadlineNanos - clock.nanoTime();
        }
    }

    private void await(long nanos) {
        socket.await(Math.min(nanos, LONGEST_WAIT_NANOS));
    }

    private void receive(Stretch stretch) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        for (int i = 0; i < MAX_RECEIVED_AT_ONCE; i++) {
            switch (socket.receive()) {
                case EchoSocket.Nothing _ -> {
                    return;
                }
                case EchoSocket.Foreign _ -> {}
                case EchoSocket.Refusal refusal -> stretch.onRefusal(refusal.errno());
                case EchoSocket.Reply reply -> judge(reply, stretch);
            }
        }
    }

    private void judge(EchoSocket.Reply reply, Stretch stretch) {
        long nowNanos = clock.nanoTime();
        Verdict verdict = requests.onReply(reply, nowNanos);
        if (verdict == Verdict.ANSWERED) {
            stretch.onAnswer(requests.ageNanos(reply.number(), nowNanos));
        } else {
            stretch.onReply(verdict);
        }
    }
}
