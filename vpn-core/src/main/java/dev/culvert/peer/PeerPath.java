package dev.culvert.peer;

import dev.culvert.session.Session;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What lanes know of a peer: where to send, on which session, and marks of what passed, from which the control loop
 * tells what its timers want. Written by the lanes and, at handshakes, by the control loop; a mark
 * that is a moment old is harmless, so marks are opaque writes and no locks.
 */
public final class PeerPath {
    private static final long NONE = 0;
    /** Of Ethernet, until more is known. */
    private static final int DEFAULT_MTU = 1500;

    private final int id;
    private final String name;
    private final boolean addressKnownSoon;
    private final AtomicBoolean handshakeWanted = new AtomicBoolean();
    private volatile @Nullable Session sendSession;
    private volatile @Nullable InetSocketAddress remote;
    private volatile int pathMtu = DEFAULT_MTU;

    // Nanoseconds, or NONE; opaque access only.
    private final AtomicLong owesSince = new AtomicLong();
    private final AtomicLong unansweredSince = new AtomicLong();
    private final AtomicLong lastPassed = new AtomicLong();

    /**
     * @param id position among the tunnel's peers: lanes find what they keep for a peer by it
     * @param addressKnownSoon the peer has a configured address, which may still have to be resolved
     */
    public PeerPath(int id, String name, boolean addressKnownSoon) {
        this.id = id;
        this.name = name;
        this.addressKnownSoon = addressKnownSoon;
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

    /** Whether frames for this peer have anywhere to go, now or soon. */
    public boolean isReachable() {
        return addressKnownSoon || remote != null;
    }

    void sendOn(@Nullable Session session) {
        sendSession = session;
    }

    /** The peer's UDP address; null until configured, resolved or heard from. */
    public @Nullable InetSocketAddress remote() {
        return remote;
    }

    /** What the way to the peer carries as one IP packet, as far as is known, bytes. */
    public int pathMtu() {
        return pathMtu;
    }

    /** Callable from any thread. */
    public void measured(int mtu) {
        pathMtu = mtu;
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
        if (unansweredSince.getOpaque() == NONE) {
            unansweredSince.setOpaque(markAt(nowNanos));
        }
        authenticatedSent(nowNanos);
    }

    /** Any authenticated message: data, keepalive or handshake. */
    public void authenticatedSent(long nowNanos) {
        owesSince.setOpaque(NONE);
        lastPassed.setOpaque(markAt(nowNanos));
    }

    public void dataReceived(long nowNanos) {
        authenticatedReceived(nowNanos);
        if (owesSince.getOpaque() == NONE) {
            owesSince.setOpaque(markAt(nowNanos));
        }
    }

    /** Any authenticated message: data, keepalive or handshake. */
    public void authenticatedReceived(long nowNanos) {
        unansweredSince.setOpaque(NONE);
        lastPassed.setOpaque(markAt(nowNanos));
    }

    /** Data came that long ago and nothing has been sent since. */
    boolean owesKeepalive(long nowNanos, long forNanos) {
        return isSetFor(owesSince.getOpaque(), nowNanos, forNanos);
    }

    /** Data was sent that long ago and nothing at all has been received since. */
    boolean isUnanswered(long nowNanos, long forNanos) {
        return isSetFor(unansweredSince.getOpaque(), nowNanos, forNanos);
    }

    void forgetUnanswered() {
        unansweredSince.setOpaque(NONE);
    }

    /** Nothing authenticated has passed in either direction for that long. */
    boolean isSilent(long nowNanos, long forNanos) {
        long last = lastPassed.getOpaque();
        return last == NONE || nowNanos - last >= forNanos;
    }

    private static boolean isSetFor(long since, long nowNanos, long forNanos) {
        return since != NONE && nowNanos - since >= forNanos;
    }

    private static long markAt(long nowNanos) {
        return nowNanos == NONE ? 1 : nowNanos;
    }

    @Override
    public String toString() {
        return name;
    }
}
