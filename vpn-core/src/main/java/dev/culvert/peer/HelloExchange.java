package dev.culvert.peer;

import dev.culvert.crypto.CipherGrade;
import dev.culvert.session.Session;
import dev.culvert.wire.HelloMessage;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Says hello in every new session until the peer answers, answers the peer's, and has each session sealed with the
 * cipher that {@link CipherPolicy} takes. Confined to the control loop; bytes and time in, messages out.
 */
final class HelloExchange {
    /** An unanswered hello is repeated after this time, then after twice as long each time. */
    static final long FIRST_REPEAT_NANOS = Duration.ofSeconds(1).toNanos();
    /** Hellos of one session, over half a minute; then the peer is taken for one that does not answer. */
    static final int MAX_SENT = 6;

    private final CipherPolicy policy;
    private final HelloManners manners;
    /** The session that is spoken in: the current one. */
    private @Nullable Session session;

    private Optional<CipherDecision> decision = Optional.empty();
    private boolean answered;
    private int sent;
    private long dueNanos;
    /** A hello of the peer, or an answer, has come since it was last given up. */
    private boolean peerSpeaks;

    private boolean spokeUnasked;

    HelloExchange(CipherPolicy policy, HelloManners manners) {
        this.policy = policy;
        this.manners = manners;
    }

    /** Frames are sent on {@code current} from now on; {@link #due} has the first hello. */
    void onCurrent(Session current, long nowNanos) {
        session = current;
        decision = Optional.empty();
        begin(nowNanos);
    }

    private void begin(long nowNanos) {
        answered = false;
        sent = 0;
        dueNanos = nowNanos;
    }

    /** There is no session any more. */
    void onNoSession() {
        session = null;
        decision = Optional.empty();
    }

    /** The hello to send on {@link #onCurrent the current session} now, if one is due. */
    Optional<byte[]> due(long nowNanos) {
        if (session == null || answered || dueNanos - nowNanos > 0 || !maySpeak()) {
            return Optional.empty();
        }
        if (sent == MAX_SENT) {
            answered = true; // as good as: nobody is going to
            peerSpeaks = false;
            return Optional.empty();
        }
        dueNanos = nowNanos + (FIRST_REPEAT_NANOS << sent);
        sent++;
        spokeUnasked |= !peerSpeaks;
        return Optional.of(message(session, false));
    }

    private boolean maySpeak() {
        return peerSpeaks
                || switch (manners) {
                    case ALWAYS -> true;
                    case ONCE -> !spokeUnasked;
                    case WHEN_SPOKEN_TO -> false;
                };
    }

    /**
     * The peer has sent {@code theirs} on {@code on}, which may be any session it has with us.
     *
     * @return the answer to send on the same session, when it wants one
     */
    Optional<byte[]> onHello(Session on, HelloMessage theirs, long nowNanos) {
        boolean isFirst = !peerSpeaks;
        peerSpeaks = true;
        CipherDecision taken = policy.decide(theirs);
        if (taken.second()) {
            on.sealWithSecond(theirs.secondIndex().orElseThrow());
        } else {
            on.sealWithFirst();
        }
        if (on.equals(session)) {
            decision = Optional.of(taken);
            if (theirs.isAnswer()) {
                answered = true;
            } else if (isFirst) {
                begin(nowNanos); // it may have missed ours, and will answer now
            }
        }
        return theirs.isAnswer() ? Optional.empty() : Optional.of(message(on, true));
    }

    private byte[] message(Session on, boolean isAnswer) {
        OptionalInt secondIndex = on.secondIndex();
        CipherGrade second = secondIndex.isPresent() ? policy.second() : CipherGrade.NONE;
        return new HelloMessage(
                        isAnswer,
                        secondIndex,
                        policy.asksForSecond(),
                        policy.first().code(),
                        second.code())
                .toBytes();
    }

    /** What the current session is sealed with and why; empty while the peer has not said hello in it. */
    Optional<CipherDecision> decision() {
        return decision;
    }
}
