package dev.culvert.session;

import dev.culvert.crypto.Aead;
import dev.culvert.wire.TransportMessage;
import io.netty.buffer.ByteBuf;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One pair of transport keys with its counters, and perhaps a second cipher: datagrams to the second index are sealed
 * with that. Counters and replay window are the session's, whatever the cipher and the lane, so all stay valid all the
 * time. Made on the control loop, then used by the lanes; once all have let go of it the first closes it, which wipes the
 * keys. Borrows every buffer.
 */
public final class Session implements AutoCloseable {
    private final Role role;
    private final SessionCipher first;
    private final @Nullable SessionCipher second;
    private final Sealing firstSealing;
    private final long createdNanos;
    private final SendCounter sendCounter;
    private final ReplayWindow window;
    private final AtomicBoolean confirmed;

    /** What is sealed with; replaced by the control loop, read by lanes once a datagram. */
    private volatile Sealing sealing;

    /** A cipher and the index that its datagrams to the peer carry. */
    private record Sealing(SessionCipher cipher, int remoteIndex) {}

    /**
     * Takes ownership of the ciphers, which are keyed for as many lanes as each other.
     *
     * @param first WireGuard's, which the session begins with
     * @param second the index and keys offered to the peer besides
     * @param remoteIndex the index that datagrams to the peer carry
     */
    public Session(Role role, SessionCipher first, Optional<SessionCipher> second, int remoteIndex, long createdNanos) {
        this(role, first, second, remoteIndex, createdNanos, 0);
    }

    Session(
            Role role,
            SessionCipher first,
            Optional<SessionCipher> second,
            int remoteIndex,
            long createdNanos,
            long firstSendCounter) {
        this.role = role;
        this.first = first;
        this.second = second.orElse(null);
        this.createdNanos = createdNanos;
        this.firstSealing = new Sealing(first, remoteIndex);
        this.sealing = firstSealing;
        this.window = ReplayWindow.forLanes(first.lanes().size());
        this.sendCounter = new SendCounter(firstSendCounter);
        this.confirmed = new AtomicBoolean(role == Role.INITIATOR);
    }

    public int localIndex() {
        return first.localIndex();
    }

    /** The index that datagrams to us carry when they are sealed with the second cipher; empty when it is not offered. */
    public OptionalInt secondIndex() {
        return second == null ? OptionalInt.empty() : OptionalInt.of(second.localIndex());
    }

    /**
     * From now on datagrams are sealed with the second cipher, which {@link #secondIndex} must offer.
     *
     * @param remoteIndex what the peer has offered
     */
    public void sealWithSecond(int remoteIndex) {
        sealing = new Sealing(Objects.requireNonNull(second, "no second cipher"), remoteIndex);
    }

    /** From now on datagrams are sealed with the first cipher, as they were to begin with. */
    public void sealWithFirst() {
        sealing = firstSealing;
    }

    public boolean sealsWithSecond() {
        return !sealing.equals(firstSealing);
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
     * @param lane the number of the calling lane
     * @return bytes written, or 0 when the session has expired or has no counter left: nothing was written
     */
    public int seal(
            int lane, ByteBuf source, int sourceIndex, int length, ByteBuf target, int targetIndex, long nowNanos) {
        if (isExpired(nowNanos)) {
            return 0;
        }
        long counter = sendCounter.take();
        if (counter == SendCounter.EXHAUSTED) {
            return 0;
        }
        Sealing current = sealing; // once: index and cipher belong together
        TransportMessage.writeHeader(target, targetIndex, current.remoteIndex, counter);
        Aead sealer = current.cipher.lanes().get(lane).sealer();
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
     * @param lane the number of the calling lane
     * @param message its readable bytes are a whole transport message with one of this session's indices
     */
    public OpenVerdict open(int lane, ByteBuf message, long nowNanos) {
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
        Aead opener = cipherOf(message, start).lanes().get(lane).opener();
        if (!opener.open(counter, message, sealed, sealedLength, message, sealed)) {
            return OpenVerdict.DROP_UNAUTHENTIC;
        }
        return window.tryMark(counter) ? OpenVerdict.OPENED : OpenVerdict.DROP_REPLAYED;
    }

    private SessionCipher cipherOf(ByteBuf message, int start) {
        return second != null && TransportMessage.receiverIndex(message, start) == second.localIndex() ? second : first;
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
        return window.arrivals();
    }

    /** Counters used by the peer, and datagrams of them that arrived. */
    public record Arrivals(long expected, long accepted) {}

    @Override
    public void close() {
        first.close();
        if (second != null) {
            second.close();
        }
    }
}
