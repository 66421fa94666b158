package dev.culvert.session;

import dev.culvert.crypto.Aead;
import dev.culvert.wire.TransportMessage;
import io.netty.buffer.ByteBuf;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One pair of transport keys with its counters. Made on the control loop, then used by one lane, which also closes it:
 * the keys are wiped by the thread that used them last. Borrows every buffer.
 */
public final class Session implements AutoCloseable {
    private final Role role;
    private final int localIndex;
    private final int remoteIndex;
    private final long createdNanos;
    private final Aead sealer;
    private final Aead opener;
    private final SendCounter sendCounter;
    private final ReplayWindow window = new ReplayWindow();
    private final AtomicBoolean confirmed;

    /**
     * Takes ownership of both ciphers.
     *
     * @param localIndex the index that datagrams to us carry
     * @param remoteIndex the index that datagrams to the peer carry
     */
    public Session(Role role, int localIndex, int remoteIndex, long createdNanos, Aead sealer, Aead opener) {
        this(role, localIndex, remoteIndex, createdNanos, sealer, opener, 0);
    }

    Session(
            Role role,
            int localIndex,
            int remoteIndex,
            long createdNanos,
            Aead sealer,
            Aead opener,
            long firstSendCounter) {
        this.role = role;
        this.localIndex = localIndex;
        this.remoteIndex = remoteIndex;
        this.createdNanos = createdNanos;
        this.sealer = sealer;
        this.opener = opener;
        this.sendCounter = new SendCounter(firstSendCounter);
        this.confirmed = new AtomicBoolean(role == Role.INITIATOR);
    }

    public int localIndex() {
        return localIndex;
    }

    public Role role() {
        return role;
    }

    public long createdNanos() {
        return createdNanos;
    }

    public boolean isExpired(long nowNanos) {
        return nowNanos - createdNanos >= RekeyRules.REJECT_AFTER_NANOS;
    }

    /** Whether the peer should be asked for a new session, seen when sending (white paper, section 6.2). */
    public boolean wantsRekeyOnSend(long nowNanos) {
        return Long.compareUnsigned(sendCounter.used(), RekeyRules.REKEY_AFTER_MESSAGES) >= 0
                || (role == Role.INITIATOR && nowNanos - createdNanos >= RekeyRules.REKEY_AFTER_NANOS);
    }

    /** The same, seen when receiving. */
    public boolean wantsRekeyOnReceive(long nowNanos) {
        return role == Role.INITIATOR && nowNanos - createdNanos >= RekeyRules.REKEY_ON_RECEIVE_NANOS;
    }

    /**
     * Writes a transport message to {@code target} at {@code targetIndex}: header, ciphertext, tag.
     *
     * @return bytes written, or 0 when the session has expired or has no counter left: nothing was written
     */
    public int seal(ByteBuf source, int sourceIndex, int length, ByteBuf target, int targetIndex, long nowNanos) {
        if (isExpired(nowNanos)) {
            return 0;
        }
        long counter = sendCounter.take();
        if (counter == SendCounter.EXHAUSTED) {
            return 0;
        }
        TransportMessage.writeHeader(target, targetIndex, remoteIndex, counter);
        sealer.seal(counter, source, sourceIndex, length, target, targetIndex + TransportMessage.HEADER_BYTES);
        return sealedBytes(length);
    }

    /** Size of the transport message for a payload of {@code payloadBytes}. */
    public static int sealedBytes(int payloadBytes) {
        return TransportMessage.HEADER_BYTES + payloadBytes + Aead.TAG_BYTES;
    }

    /**
     * Opens a transport message in place: after {@link OpenVerdict#OPENED} the payload stands at
     * {@link TransportMessage#HEADER_BYTES} of the readable bytes, {@link #payloadBytes} long.
     *
     * @param message its readable bytes are a whole transport message with this session's index
     */
    public OpenVerdict open(ByteBuf message, long nowNanos) {
        if (isExpired(nowNanos)) {
            return OpenVerdict.DROP_EXPIRED;
        }
        int start = message.readerIndex();
        long counter = TransportMessage.counter(message, start);
        if (Long.compareUnsigned(counter, RekeyRules.REJECT_AFTER_MESSAGES) >= 0) {
            return OpenVerdict.DROP_EXPIRED;
        }
        if (!window.wouldAccept(counter)) {
            return OpenVerdict.DROP_REPLAYED;
        }
        int sealed = start + TransportMessage.HEADER_BYTES;
        int sealedLength = message.readableBytes() - TransportMessage.HEADER_BYTES;
        if (!opener.open(counter, message, sealed, sealedLength, message, sealed)) {
            return OpenVerdict.DROP_UNAUTHENTIC;
        }
        return window.tryMark(counter) ? OpenVerdict.OPENED : OpenVerdict.DROP_REPLAYED;
    }

    public static int payloadBytes(ByteBuf message) {
        return message.readableBytes() - TransportMessage.HEADER_BYTES - Aead.TAG_BYTES;
    }

    /** True once, at the first message of an initiator: only then does the responder know that the keys are shared. */
    public boolean tryConfirm() {
        return !confirmed.get() && confirmed.compareAndSet(false, true);
    }

    /** Datagrams the peer has sent on this session as far as its counters tell, and how many of them were accepted. */
    public Arrivals arrivals() {
        return new Arrivals(window.expected(), window.accepted());
    }

    /** Counters used by the peer, and datagrams of them that arrived. */
    public record Arrivals(long expected, long accepted) {}

    @Override
    public void close() {
        sealer.close();
        opener.close();
    }
}
