package dev.culvert.tunnel;

import dev.culvert.ethernet.OuterDatagramGuard;
import dev.culvert.peer.PeerPath;
import dev.culvert.session.Session;
import dev.culvert.wire.MessageType;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
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
    private final Queue<HandshakeDatagram> handshakes = new ArrayBlockingQueue<>(MAX_QUEUED_HANDSHAKES);
    private final AtomicBoolean drainAsked = new AtomicBoolean();
    private @Nullable Lane lane;
    private @Nullable Control control;

    /** A handshake message of any type, on its way from a lane to the control loop. */
    record HandshakeDatagram(MessageType type, byte[] message, InetSocketAddress from) {}

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
        boolean taken = handshakes.offer(datagram);
        if (drainAsked.compareAndSet(false, true)) {
            controlDoor.execute(this::drainHandshakes);
        }
        return taken;
    }

    private void drainHandshakes() {
        drainAsked.set(false); // before taking: what is offered from now on asks again
        for (HandshakeDatagram next = handshakes.poll(); next != null; next = handshakes.poll()) {
            control().onHandshakeMessage(next, handshakes.size());
        }
    }

    void handshakeWanted(PeerPath path) {
        controlDoor.execute(() -> control().onHandshakeWanted(path));
    }

    void sessionConfirmed(PeerPath path, Session session) {
        controlDoor.execute(() -> control().onSessionConfirmed(path, session));
    }

    /** The device broke: the tunnel cannot go on. */
    void failed(IOException why) {
        controlDoor.execute(() -> control().onFailure(why));
    }

    void resolved(PeerPath path, InetSocketAddress remote) {
        controlDoor.execute(() -> control().onResolved(path, remote));
    }

    void diagnosed(PeerPath path, String finding) {
        controlDoor.execute(() -> control().onDiagnosed(path, finding));
    }

    /** Completes with a status that was true at one moment on each thread. */
    CompletableFuture<TunnelStatus> status() {
        return CompletableFuture.supplyAsync(() -> lane().snapshot(), laneDoor)
                .thenApplyAsync(snapshot -> control().status(snapshot), controlDoor);
    }

    // To the lane.

    void sendHandshake(byte[] message, InetSocketAddress remote) {
        laneDoor.execute(() -> lane().sendHandshake(message, remote));
    }

    void sendKeepalive(PeerPath path) {
        laneDoor.execute(() -> lane().sendKeepalive(path));
    }

    void flushStaged(PeerPath path) {
        laneDoor.execute(() -> lane().flushStaged(path));
    }

    void dropStaged(PeerPath path) {
        laneDoor.execute(() -> lane().dropStaged(path));
    }

    /** The sessions are in no table and no slot any more; the lane is their last user and closes them. */
    void closeSessions(PeerPath path, List<Session> sessions) {
        laneDoor.execute(() -> lane().closeSessions(path, sessions));
    }

    void refuse(OuterDatagramGuard ownDatagrams) {
        laneDoor.execute(() -> lane().refuse(ownDatagrams));
    }

    CompletableFuture<Void> stopLane() {
        return CompletableFuture.runAsync(() -> lane().close(), laneDoor);
    }

    CompletableFuture<Void> stopControl() {
        return CompletableFuture.runAsync(() -> control().close(), controlDoor);
    }

    private Lane lane() {
        return Objects.requireNonNull(lane, "join comes first");
    }

    private Control control() {
        return Objects.requireNonNull(control, "join comes first");
    }
}
