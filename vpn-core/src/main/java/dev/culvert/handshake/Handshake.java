package dev.culvert.handshake;

import dev.culvert.crypto.PresharedKey;
import dev.culvert.crypto.PrivateKey;
import dev.culvert.crypto.PublicKey;
import dev.culvert.crypto.SecretBytes;
import dev.culvert.handshake.HandshakeState.AwaitingResponse;
import dev.culvert.handshake.HandshakeState.Idle;
import dev.culvert.noise.NoiseInitiator;
import dev.culvert.noise.NoiseResponder;
import dev.culvert.noise.TransportKeys;
import dev.culvert.wire.HandshakeMessage;
import dev.culvert.wire.InitiationMessage;
import dev.culvert.wire.ResponseMessage;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The handshakes with one peer, in both roles. Every refusal is recoverable: a forged or unexpected message changes
 * nothing.
 *
 * <p>The roles are independent: answering the peer's initiation leaves our own pending. When both ends initiate at the
 * same time, both handshakes may come to their end and leave two sessions that both ends know. That settles itself: a
 * responder's session is used for sending only once something was received on it, so whichever session an end sends on,
 * the other can open it. A WireGuard kernel instead forgets its own initiation when it answers ours: it then refuses
 * our response to it, and ours is the handshake that completes.
 */
public final class Handshake implements AutoCloseable {
    /** WireGuard without a preshared key mixes in zeros. */
    private static final SecretBytes NO_PRESHARED_KEY = SecretBytes.owning(new byte[PresharedKey.BYTES]);

    private final LocalIdentity local;
    private final PublicKey remote;
    private final SecretBytes presharedKey;
    private final OutgoingMacs macs;
    private final AnsweredInitiations answered = new AnsweredInitiations();

    private HandshakeState state = Idle.IDLE;
    private @Nullable Tai64n lastTimestamp;

    /** Borrows the preshared key. */
    public Handshake(LocalIdentity local, PublicKey remote, Optional<PresharedKey> presharedKey) {
        this.local = local;
        this.remote = remote;
        this.presharedKey = presharedKey.map(PresharedKey::secret).orElse(NO_PRESHARED_KEY);
        this.macs = new OutgoingMacs(remote);
    }

    /**
     * The initiation to send; it replaces one that was not answered. Empty when the peer's public key is of low order:
     * no handshake with such a key can be secret, and the peer stays silent for ever.
     */
    public Optional<byte[]> initiate(int senderIndex, Instant now, long nowNanos) {
        Tai64n timestamp = newTimestamp(now);
        Optional<NoiseInitiator> begun =
                NoiseInitiator.begin(local.privateKey(), local.newEphemeral(), remote, timestamp.toBytes());
        return begun.map(noise -> {
            moveTo(new AwaitingResponse(noise, senderIndex));
            byte[] message = InitiationMessage.create(senderIndex, noise.message());
            macs.stamp(message, nowNanos);
            return message;
        });
    }

    public boolean isAwaitingResponse() {
        return state instanceof AwaitingResponse;
    }

    /** Our index in the pending initiation; only while {@link #isAwaitingResponse}. */
    public int pendingIndex() {
        return switch (state) {
            case Idle _ -> throw new IllegalStateException("no initiation is pending");
            case AwaitingResponse pending -> pending.localIndex();
        };
    }

    /** Gives a pending initiation up. */
    public void abandon() {
        moveTo(Idle.IDLE);
    }

    public ResponseOutcome onResponse(byte[] message) {
        if (!ResponseMessage.matches(message)) {
            return new ResponseOutcome.Refused(HandshakeVerdict.UNAUTHENTIC);
        }
        return switch (state) {
            case Idle _ -> new ResponseOutcome.Refused(HandshakeVerdict.UNEXPECTED);
            case AwaitingResponse pending -> complete(pending, message);
        };
    }

    private ResponseOutcome complete(AwaitingResponse pending, byte[] message) {
        if (ResponseMessage.receiverIndex(message) != pending.localIndex()) {
            return new ResponseOutcome.Refused(HandshakeVerdict.UNEXPECTED);
        }
        Optional<TransportKeys> keys =
                pending.noise().readResponse(ResponseMessage.noiseMessage(message), presharedKey);
        if (keys.isEmpty()) {
            return new ResponseOutcome.Refused(HandshakeVerdict.UNAUTHENTIC);
        }
        moveTo(Idle.IDLE);
        return new ResponseOutcome.Completed(keys.get(), pending.localIndex(), HandshakeMessage.senderIndex(message));
    }

    /** True when the reply answers the last initiation or response we sent: the next one will carry its cookie. */
    public boolean onCookieReply(byte[] message, long nowNanos) {
        return macs.onCookieReply(message, nowNanos);
    }

    /** Borrows an initiation of this peer's and answers it, unless it is a replay or one of too many. */
    public RespondOutcome respond(ReceivedInitiation initiation, int senderIndex, long nowNanos) {
        if (!initiation.remote().equals(remote)) {
            throw new IllegalArgumentException("initiation of another peer: " + initiation.remote());
        }
        Optional<HandshakeVerdict> refusal = answered.refusal(initiation.timestamp(), nowNanos);
        if (refusal.isPresent()) {
            return new RespondOutcome.Refused(refusal.get());
        }
        try (PrivateKey ephemeral = local.newEphemeral()) {
            return initiation
                    .noise()
                    .answer(ephemeral, presharedKey)
                    .map(answer -> responded(initiation, answer, senderIndex, nowNanos))
                    .orElseGet(() -> new RespondOutcome.Refused(HandshakeVerdict.UNAUTHENTIC));
        }
    }

    private RespondOutcome responded(
            ReceivedInitiation initiation, NoiseResponder.Answer answer, int senderIndex, long nowNanos) {
        answered.onAnswered(initiation.timestamp(), nowNanos);
        byte[] message = ResponseMessage.create(senderIndex, initiation.senderIndex(), answer.message());
        macs.stamp(message, nowNanos);
        return new RespondOutcome.Responded(message, answer.keys(), senderIndex, initiation.senderIndex());
    }

    /** Wipes what is pending, and the cookie. */
    @Override
    public void close() {
        abandon();
        macs.close();
    }

    /** Greater than all before, whatever the wall clock does: the peer refuses any other as a replay. */
    private Tai64n newTimestamp(Instant now) {
        Tai64n timestamp = Tai64n.of(now);
        if (lastTimestamp != null && !timestamp.isAfter(lastTimestamp)) {
            timestamp = lastTimestamp.next();
        }
        lastTimestamp = timestamp;
        return timestamp;
    }

    private void moveTo(HandshakeState next) {
        HandshakeState left = state;
        state = next;
        left.close();
    }
}
