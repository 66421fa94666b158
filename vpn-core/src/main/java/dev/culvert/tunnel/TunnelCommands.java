package dev.culvert.tunnel;

import dev.culvert.ethernet.OuterDatagramGuard;
import dev.culvert.peer.PeerPath;
import dev.culvert.session.Session;
import dev.culvert.wire.HelloMessage;
import dev.culvert.wire.MessageType;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Everything the threads of a tunnel may ask of each other. Each request runs later, on the thread that owns what it
 * touches; requests of one thread to another arrive in order. Thread safe.
 */
final class TunnelCommands {
    /** Handshake messages waiting for the control loop; one costs it 100 us and more, so this is a tenth of a second. */
    static final int MAX_QUEUED_HANDSHAKES = 1024;

    private final Executor laneDoor;
    private final Executor controlDoor;
    /** Cookie replies carry no mac1, so they wait apart: a flood of them must not keep handshakes out. */
    static final int MAX_QUEUED_COOKIES = 64;
    /** Taken in one go; then timers and commands have their turn. */
    private static final int TAKEN_AT_ONCE = 64;

    private final Queue<HandshakeDatagram> handshakes = new ArrayBlockingQueue<>(MAX_QUEUED_HANDSHAKES);
    private final Queue<HandshakeDatagram> cookies = new ArrayBlockingQueue<>(MAX_QUEUED_COOKIES);
    private final AtomicBoolean drainAsked = new AtomicBoolean();
    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean answersAsked = new AtomicBoolean();
    private @Nullable Lane lane;
    private @Nullable Control control;

    /** A handshake message of any type, on its way from a lane to the control loop. */
    record HandshakeDatagram(MessageType type, byte[] message, InetSocketAddress from) {}

    private record Answer(byte[] message, InetSocketAddress remote) {}

    TunnelCommands(Executor laneDoor, Executor controlDoor) {
        this.laneDoor = laneDoor;
        this.controlDoor = controlDoor;
    }

    /** Before the first command. */
    void join(Lane lane, Control control) {
        this.lane = lane;
        this.control = control;
    }

    // To the control loop.

    /** False when too many are waiting. */
    boolean offerHandshake(HandshakeDatagram datagram) {
        boolean taken = (datagram.type() == MessageType.COOKIE_REPLY ? cookies : handshakes).offer(datagram);
        askForDrain();
        return taken;
    }

    private void askForDrain() {
        if (drainAsked.compareAndSet(false, true)) {
            toControl(this::drainHandshakes);
        }
    }

    private void drainHandshakes() {
        drainAsked.set(false); // before taking: what is offered from now on asks again
        take(cookies);
        take(handshakes);
        if (!cookies.isEmpty() || !handshakes.isEmpty()) {
            askForDrain();
        }
    }

    private void take(Queue<HandshakeDatagram> from) {
        for (int i = 0; i < TAKEN_AT_ONCE; i++) {
            HandshakeDatagram next = from.poll();
            if (next == null) {
                return;
            }
            control().onHandshakeMessage(next, handshakes.size());
        }
    }

    void handshakeWanted(PeerPath path) {
        toControl(() -> control().onHandshakeWanted(path));
    }

    void sessionConfirmed(PeerPath path, Session session) {
        toControl(() -> control().onSessionConfirmed(path, session));
    }

    /** A peer has said hello in {@code session}, which may be gone by the time this arrives. */
    void hello(PeerPath path, Session session, HelloMessage message) {
        toControl(() -> control().onHello(path, session, message));
    }

    /** The device broke: the tunnel cannot go on. */
    void failed(IOException why) {
        toControl(() -> control().onFailure(why));
    }

    void resolved(PeerPath path, InetSocketAddress remote) {
        toControl(() -> control().onResolved(path, remote));
    }

    void diagnosed(PeerPath path, String finding) {
        toControl(() -> control().onDiagnosed(path, finding));
    }

    /** Completes with a status that was true at one moment on each thread. */
    CompletableFuture<TunnelStatus> status() {
        return CompletableFuture.supplyAsync(() -> lane().snapshot(), laneDoor)
                .thenApplyAsync(snapshot -> control().status(snapshot), controlDoor);
    }

    // To the lane.

    /** Several of them, as under a flood, cost the lane one task and one flush. */
    void sendHandshake(byte[] message, InetSocketAddress remote) {
        answers.add(new Answer(message, remote));
        if (answersAsked.compareAndSet(false, true)) {
            toLane(this::sendAnswers);
        }
    }

    private void sendAnswers() {
        answersAsked.set(false);
        for (Answer next = answers.poll(); next != null; next = answers.poll()) {
            lane().sendHandshake(next.message(), next.remote());
        }
        lane().flush();
    }

    void sendKeepalive(PeerPath path) {
        toLane(() -> lane().sendKeepalive(path));
    }

    /** The session is not yet to be closed: whoever asks for that afterwards is heard afterwards. */
    void sendControl(PeerPath path, Session session, byte[] message) {
        toLane(() -> lane().sendControl(path, session, message));
    }

    void flushStaged(PeerPath path) {
        toLane(() -> lane().flushStaged(path));
    }

    void dropStaged(PeerPath path) {
        toLane(() -> lane().dropStaged(path));
    }

    /** The sessions are in no table and no slot any more; the lane is their last user and closes them. */
    void closeSessions(PeerPath path, List<Session> sessions) {
        toLane(() -> lane().closeSessions(path, sessions));
    }

    void refuse(OuterDatagramGuard ownDatagrams) {
        toLane(() -> lane().refuse(ownDatagrams));
    }

    CompletableFuture<Void> stopLane() {
        return CompletableFuture.runAsync(() -> lane().close(), laneDoor);
    }

    CompletableFuture<Void> stopControl() {
        return CompletableFuture.runAsync(() -> control().close(), controlDoor);
    }

    private void toControl(Runnable request) {
        request(controlDoor, request);
    }

    private void toLane(Runnable request) {
        request(laneDoor, request);
    }

    private static void request(Executor door, Runnable request) {
        try {
            door.execute(request);
        } catch (RejectedExecutionException stopped) {
            // The loop has ended, and with it all that could be asked for: a late answer of a look-up, say.
        }
    }

    private Lane lane() {
        return Objects.requireNonNull(lane, "join comes first");
    }

    private Control control() {
        return Objects.requireNonNull(control, "join comes first");
    }
}
