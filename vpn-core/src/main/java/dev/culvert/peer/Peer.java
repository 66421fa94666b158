package dev.culvert.peer;

import dev.culvert.handshake.Handshake;
import dev.culvert.handshake.HandshakeVerdict;
import dev.culvert.handshake.ReceivedInitiation;
import dev.culvert.handshake.RespondOutcome;
import dev.culvert.handshake.ResponseOutcome;
import dev.culvert.session.RekeyRules;
import dev.culvert.session.Role;
import dev.culvert.session.Session;
import dev.culvert.session.SessionSlots;
import dev.culvert.wire.HelloMessage;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.LongUnaryOperator;

/**
 * One peer: handshake, session slots and timers joined. Confined to the control loop; time is passed in, and what has to
 * happen outside is asked of {@link PeerActions}. The timers are those of the white paper, section 6, evaluated at every
 * tick from the marks that lanes leave in {@link PeerPath}.
 */
public final class Peer implements AutoCloseable {
    private final PeerPath path;
    private final Handshake handshake;
    private final SessionFactory sessionFactory;
    private final HelloExchange hello;
    private final PeerActions actions;
    private final long keepaliveNanos;
    private final LongUnaryOperator jitter;
    private final SessionSlots slots = new SessionSlots();
    private final LeavingSessions leaving = new LeavingSessions();
    private final HandshakeRetry retry = new HandshakeRetry();

    private Optional<Instant> lastHandshake = Optional.empty();
    private Optional<HandshakeVerdict> lastRefusal = Optional.empty();
    private long lastSessionNanos;
    private boolean holdsKeys;

    /**
     * @param handshake owned by the peer from now on
     * @param ciphers what its sessions are sealed with
     * @param persistentKeepalive zero for none
     * @param jitter a random number from 0 to its argument, exclusive
     */
    public Peer(
            PeerPath path,
            Handshake handshake,
            PeerCiphers ciphers,
            PeerActions actions,
            Duration persistentKeepalive,
            LongUnaryOperator jitter) {
        this.path = path;
        this.handshake = handshake;
        this.sessionFactory = ciphers.sessions();
        this.hello = new HelloExchange(ciphers.policy(), ciphers.manners());
        this.actions = actions;
        this.keepaliveNanos = persistentKeepalive.toNanos();
        this.jitter = jitter;
    }

    public PeerPath path() {
        return path;
    }

    /**
     * Someone has something to send, or the session grows old. Does nothing while an initiation is young, or when a
     * session has come since: a lane that sends before it has heard of its session asks for one more.
     */
    public void onHandshakeWanted(Instant now, long nowNanos) {
        if (hasYoungSession(nowNanos)) {
            path.handshakeSettled();
        } else {
            renew(now, nowNanos);
        }
    }

    private boolean hasYoungSession(long nowNanos) {
        Session current = slots.current();
        return current != null && !current.isExpired(nowNanos) && !current.wantsRekeyOnSend(nowNanos);
    }

    private void renew(Instant now, long nowNanos) {
        retry.wanted(nowNanos);
        if (retry.maySend(nowNanos)) {
            initiate(now, nowNanos);
        }
    }

    private void initiate(Instant now, long nowNanos) {
        if (path.remote() == null) {
            return;
        }
        retry.sent(nowNanos, jitter.applyAsLong(RekeyRules.REKEY_JITTER_NANOS));
        handshake.initiate(actions.newIndex(), now, nowNanos).ifPresent(message -> {
            path.authenticatedSent(nowNanos);
            actions.sendHandshake(this, message);
        });
    }

    /** The receiver index a response to us must carry, while we wait for one. */
    public boolean awaitsResponseTo(int index) {
        return handshake.isAwaitingResponse() && handshake.pendingIndex() == index;
    }

    /** Borrows {@code initiation}. Returns why it was refused, or empty when it was answered. */
    public Optional<HandshakeVerdict> onInitiation(
            ReceivedInitiation initiation, InetSocketAddress from, long nowNanos) {
        return switch (handshake.respond(initiation, actions.newIndex(), nowNanos)) {
            case RespondOutcome.Refused refused -> Optional.of(refused.why());
            case RespondOutcome.Responded responded -> {
                path.heardFrom(from);
                path.authenticatedReceived(nowNanos);
                Session session = sessionFactory.create(
                        Role.RESPONDER,
                        responded.keys(),
                        responded.localIndex(),
                        responded.remoteIndex(),
                        actions::newIndex,
                        nowNanos);
                actions.retire(this, slots.addResponded(session));
                sessionMade(session, nowNanos);
                path.authenticatedSent(nowNanos);
                retry.responded(nowNanos);
                actions.sendHandshake(this, responded.message());
                yield Optional.empty();
            }
        };
    }

    /** Returns why the response was refused, or empty when it completed our handshake. */
    public Optional<HandshakeVerdict> onResponse(byte[] message, InetSocketAddress from, Instant now, long nowNanos) {
        return switch (handshake.onResponse(message)) {
            case ResponseOutcome.Refused refused -> {
                lastRefusal = Optional.of(refused.why());
                yield lastRefusal;
            }
            case ResponseOutcome.Completed completed -> {
                path.heardFrom(from);
                path.authenticatedReceived(nowNanos);
                Session session = sessionFactory.create(
                        Role.INITIATOR,
                        completed.keys(),
                        completed.localIndex(),
                        completed.remoteIndex(),
                        actions::newIndex,
                        nowNanos);
                List<Session> left = slots.addInitiated(session);
                sessionMade(session, nowNanos);
                handshakeComplete(session, now, nowNanos);
                actions.retire(this, leaving.add(left, nowNanos)); // last: lanes may have been sending on one of them
                yield Optional.empty();
            }
        };
    }

    /** False when the reply was not made for our last message. */
    public boolean onCookieReply(byte[] message, long nowNanos) {
        boolean accepted = handshake.onCookieReply(message, nowNanos);
        if (accepted) {
            retry.heard(nowNanos); // it is busy, not silent
        }
        return accepted;
    }

    /** The initiator has sent its first message on {@code session}. False when that was not waited for (any more). */
    public boolean onConfirmed(Session session, Instant now, long nowNanos) {
        boolean isNext = slots.isNext(session);
        if (isNext) {
            List<Session> left = slots.confirm(session);
            handshakeComplete(session, now, nowNanos);
            actions.retire(this, leaving.add(left, nowNanos));
        }
        return isNext;
    }

    private void sessionMade(Session session, long nowNanos) {
        lastSessionNanos = nowNanos;
        holdsKeys = true;
        actions.install(this, session);
    }

    private void handshakeComplete(Session current, Instant now, long nowNanos) {
        retry.answered();
        lastHandshake = Optional.of(now);
        lastRefusal = Optional.empty();
        path.sendOn(current);
        path.handshakeSettled();
        actions.flushStaged(this);
        hello.onCurrent(current, nowNanos);
        sayHello(nowNanos);
    }

    private void sayHello(long nowNanos) {
        Session current = slots.current();
        if (current != null) {
            hello.due(nowNanos).ifPresent(message -> actions.sendControl(this, current, message));
        }
    }

    /** The peer has said hello, or answered ours, in {@code session}. False when that session is gone. */
    public boolean onHello(Session session, HelloMessage message, long nowNanos) {
        if (!slots.holds(session)) {
            return false;
        }
        hello.onHello(session, message, nowNanos).ifPresent(answer -> actions.sendControl(this, session, answer));
        return true;
    }

    /** Every timer of the peer; called several times a second. */
    public void onTick(Instant now, long nowNanos) {
        switch (retry.onTick(nowNanos)) {
            case SEND_AGAIN -> initiate(now, nowNanos);
            case GIVE_UP -> {
                path.handshakeSettled();
                actions.dropStaged(this);
            }
            case WAIT -> {}
        }
        if (!retry.isAwaiting()) {
            path.handshakeSettled(); // a wish that led to nothing must not keep lanes from ringing again
        }
        tickKeepalives(nowNanos);
        sayHello(nowNanos);
        actions.retire(this, leaving.due(nowNanos));
        if (path.isUnanswered(nowNanos, RekeyRules.KEEPALIVE_NANOS + RekeyRules.REKEY_TIMEOUT_NANOS)) {
            path.forgetUnanswered(); // section 6.4: once; data that is sent again winds the timer up again
            renew(now, nowNanos);
        }
        if (holdsKeys && nowNanos - lastSessionNanos >= RekeyRules.WIPE_AFTER_NANOS) {
            wipeKeys();
        }
    }

    private void tickKeepalives(long nowNanos) {
        if (path.owesKeepalive(nowNanos, RekeyRules.KEEPALIVE_NANOS)) {
            actions.sendKeepalive(this);
            path.authenticatedSent(nowNanos); // here too, so that the next tick does not send it again
        } else if (keepaliveNanos > 0 && path.remote() != null && path.isSilent(nowNanos, keepaliveNanos)) {
            actions.sendKeepalive(this);
            path.authenticatedSent(nowNanos);
        }
    }

    private void wipeKeys() {
        holdsKeys = false;
        path.sendOn(null);
        hello.onNoSession();
        actions.retire(this, slots.clear());
        actions.retire(this, leaving.clear());
        handshake.abandon();
    }

    /** Whether traffic can be sent now. */
    public boolean isEstablished(long nowNanos) {
        Session current = slots.current();
        return current != null && !current.isExpired(nowNanos);
    }

    /** Whether frames are sealed with AES-256-GCM at the moment. */
    public boolean sealsWithSecond() {
        Session current = slots.current();
        return current != null && current.sealsWithSecond();
    }

    /** What is sealed with and why; empty while the peer has not said hello in the current session. */
    public Optional<CipherDecision> cipherDecision() {
        return hello.decision();
    }

    /** Unanswered initiations so far, and since when; empty while none is unanswered. */
    public Optional<Unanswered> unanswered() {
        return retry.isAwaiting()
                ? Optional.of(new Unanswered(retry.attempts(), retry.streakSinceNanos(), lastRefusal))
                : Optional.empty();
    }

    /**
     * @param sinceNanos when the first unanswered initiation was sent
     * @param refusal why the last answer was refused, if one came
     */
    public record Unanswered(int attempts, long sinceNanos, Optional<HandshakeVerdict> refusal) {}

    public Optional<Instant> lastHandshake() {
        return lastHandshake;
    }

    @Override
    public void close() {
        wipeKeys();
        actions.dropStaged(this);
        handshake.close();
    }
}
