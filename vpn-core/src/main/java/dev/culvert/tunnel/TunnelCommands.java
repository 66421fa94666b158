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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Everything the threads of a tunnel may ask of each other. Each request runs later, on the thread that owns what it
 * touches; requests of one thread to another arrive in order. Thread safe.
 */
final class TunnelCommands {
    /** Handshake messages waiting for the control loop; one costs it 100 us and more, so this is a tenth of a second. */
    static final int MAX_QUEUED_HANDSHAKES = 1024;

    private final List<Executor> laneDoors;
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
    private List<Lane> lanes = List.of();
    private @Nullable Control control;

    /** A handshake message of any type, on its way from a lane to the control loop. */
    record HandshakeDatagram(MessageType type, byte[] message, InetSocketAddress from) {}

    private record Answer(byte[] message, InetSocketAddress remote) {}

    /** @param laneDoors by number of the lane */
    TunnelCommands(List<Executor> laneDoors, Executor controlDoor) {
        this.laneDoors = List.copyOf(laneDoors);
        this.controlDoor = controlDoor;
    }

    /** Before the first command. */
    void join(List<Lane> lanes, Control control) {
        this.lanes = List.copyOf(lanes);
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
        CompletableFuture<LaneSnapshot> all = snapshot(0);
        for (int i = 1; i < lanes.size(); i++) {
            all = all.thenCombine(snapshot(i), LaneSnapshot::plus);
        }
        return all.thenApplyAsync(snapshot -> control().status(snapshot), controlDoor);
    }

    private CompletableFuture<LaneSnapshot> snapshot(int number) {
        return CompletableFuture.supplyAsync(() -> lane(number).snapshot(), laneDoors.get(number));
    }

    // To the lanes.

    /** Several of them, as under a flood, cost the first lane one task and one flush. */
    void sendHandshake(byte[] message, InetSocketAddress remote) {
        answers.add(new Answer(message, remote));
        if (answersAsked.compareAndSet(false, true)) {
            toFirstLane(this::sendAnswers);
        }
    }

    private void sendAnswers(Lane lane) {
        answersAsked.set(false);
        for (Answer next = answers.poll(); next != null; next = answers.poll()) {
            lane.sendHandshake(next.message(), next.remote());
        }
        lane.flush();
    }

    void sendKeepalive(PeerPath path) {
        toFirstLane(lane -> lane.sendKeepalive(path));
    }

    /** The session is not yet to be closed: whoever asks for that afterwards is heard afterwards. */
    void sendControl(PeerPath path, Session session, byte[] message) {
        toFirstLane(lane -> lane.sendControl(path, session, message));
    }

    void flushStaged(PeerPath path) {
        toEveryLane(lane -> lane.flushStaged(path));
    }

    void dropStaged(PeerPath path) {
        toEveryLane(lane -> lane.dropStaged(path));
    }

    /** The sessions are in no table and no slot any more; once every lane has let go of them, the first closes them. */
    void closeSessions(PeerPath path, List<Session> sessions) {
        AtomicInteger users = new AtomicInteger(lanes.size());
        toEveryLane(_ -> {
            if (users.decrementAndGet() == 0) {
                toFirstLane(first -> first.closeSessions(path, sessions));
            }
        });
    }

    void refuse(OuterDatagramGuard ownDatagrams) {
        toEveryLane(lane -> lane.refuse(ownDatagrams));
    }

    CompletableFuture<Void> stopLane(int number) {
        return CompletableFuture.runAsync(() -> lane(number).close(), laneDoors.get(number));
    }

    CompletableFuture<Void> stopControl() {
        return CompletableFuture.runAsync(() -> control().close(), controlDoor);
    }

    private void toControl(Runnable request) {
        request(controlDoor, request);
    }

    private void toFirstLane(Consumer<Lane> request) {
        toLane(0, request);
    }

    private void toEveryLane(Consumer<Lane> request) {
        for (int i = 0; i < laneDoors.size(); i++) {
            toLane(i, request);
        }
    }

    private void toLane(int number, Consumer<Lane> request) {
        request(laneDoors.get(number), () -> request.accept(lane(number)));
    }

    private static void request(Executor door, Runnable request) {
        try {
            door.execute(request);
        } catch (RejectedExecutionException stopped) {
            // The loop has ended, and with it all that could be asked for: a late answer of a look-up, say.
        }
    }

    private Lane lane(int number) {
        return lanes.get(number);
    }

    private Control control() {
        return Objects.requireNonNull(control, "join comes first");
    }
}
