package dev.culvert.peer;

import dev.culvert.session.Session;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * What lanes know of a peer: where to send, on which session, and marks of what passed, from which the control loop
 * tells what its timers want. Written by the lane that carries the peer and, at handshakes, by the control loop; a mark
 * that is a moment old is harmless, so marks are opaque writes and no locks.
 */
public final class PeerPath {
    private static final long NONE = 0;
    private static final VarHandle OWES_SINCE = mark("owesKeepaliveSinceNanos");
    private static final VarHandle UNANSWERED_SINCE = mark("unansweredSinceNanos");
    private static final VarHandle LAST_DATA_RECEIVED = mark("lastDataReceivedNanos");
    private static final VarHandle LAST_PASSED = mark("lastPassedNanos");

    private final int id;
    private final String name;
    private final AtomicBoolean handshakeWanted = new AtomicBoolean();
    private volatile @Nullable Session sendSession;
    private volatile @Nullable InetSocketAddress remote;

    // Touched through the VarHandles above only.
    private long owesKeepaliveSinceNanos;
    private long unansweredSinceNanos;
    private long lastDataReceivedNanos;
    private long lastPassedNanos;

    /**
     * @param id position among the tunnel's peers: lanes find what they keep for a peer by it
     */
    public PeerPath(int id, String name) {
        this.id = id;
        this.name = name;
    }

    public int id() {
        return id;
    }

    public String name() {
        return name;
    }

    /** The session to send on; null while there is none. */
    public @Nullable Session sendSession() {
        return sendSession;
    }

    void sendOn(@Nullable Session session) {
        sendSession = session;
    }

    /** The peer's UDP address; null until configured, resolved or heard from. */
    public @Nullable InetSocketAddress remote() {
        return remote;
    }

    /** Roaming: an authenticated datagram came from {@code from}, so that is where the peer is (white paper, 2.1). */
    public void heardFrom(InetSocketAddress from) {
        if (!from.equals(remote)) {
            remote = from;
        }
    }

    /** True for the first who wants a handshake since the last one was begun or settled; that one rings the control loop. */
    public boolean tryWantHandshake() {
        return !handshakeWanted.get() && handshakeWanted.compareAndSet(false, true);
    }

    void handshakeSettled() {
        handshakeWanted.set(false);
    }

    public void dataSent(long nowNanos) {
        if ((long) UNANSWERED_SINCE.getOpaque(this) == NONE) {
            UNANSWERED_SINCE.setOpaque(this, markAt(nowNanos));
        }
        authenticatedSent(nowNanos);
    }

    /** Any authenticated message: data, keepalive or handshake. */
    public void authenticatedSent(long nowNanos) {
        OWES_SINCE.setOpaque(this, NONE);
        LAST_PASSED.setOpaque(this, markAt(nowNanos));
    }

    public void dataReceived(long nowNanos) {
        authenticatedReceived(nowNanos);
        LAST_DATA_RECEIVED.setOpaque(this, markAt(nowNanos));
        if ((long) OWES_SINCE.getOpaque(this) == NONE) {
            OWES_SINCE.setOpaque(this, markAt(nowNanos));
        }
    }

    /** Any authenticated message: data, keepalive or handshake. */
    public void authenticatedReceived(long nowNanos) {
        UNANSWERED_SINCE.setOpaque(this, NONE);
        LAST_PASSED.setOpaque(this, markAt(nowNanos));
    }

    /** Data came that long ago and nothing has been sent since. */
    boolean owesKeepalive(long nowNanos, long forNanos) {
        return isSetFor((long) OWES_SINCE.getOpaque(this), nowNanos, forNanos);
    }

    /** Data also came after the one that the due keepalive answers: another keepalive has to follow. */
    boolean dataCameWhileOwing() {
        long since = (long) OWES_SINCE.getOpaque(this);
        return since != NONE && (long) LAST_DATA_RECEIVED.getOpaque(this) - since > 0;
    }

    void oweKeepaliveFrom(long nowNanos) {
        OWES_SINCE.setOpaque(this, markAt(nowNanos));
    }

    /** Data was sent that long ago and nothing at all has been received since. */
    boolean isUnanswered(long nowNanos, long forNanos) {
        return isSetFor((long) UNANSWERED_SINCE.getOpaque(this), nowNanos, forNanos);
    }

    void forgetUnanswered() {
        UNANSWERED_SINCE.setOpaque(this, NONE);
    }

    /** Nothing authenticated has passed in either direction for that long. */
    boolean isSilent(long nowNanos, long forNanos) {
        long last = (long) LAST_PASSED.getOpaque(this);
        return last == NONE || nowNanos - last >= forNanos;
    }

    private static boolean isSetFor(long since, long nowNanos, long forNanos) {
        return since != NONE && nowNanos - since >= forNanos;
    }

    private static long markAt(long nowNanos) {
        return nowNanos == NONE ? 1 : nowNanos;
    }

    private static VarHandle mark(String field) {
        try {
            return MethodHandles.lookup().findVarHandle(PeerPath.class, field, long.class);
        } catch (ReflectiveOperationException ourBug) {
            throw new ExceptionInInitializerError(ourBug);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
