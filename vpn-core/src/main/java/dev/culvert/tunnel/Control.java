package dev.culvert.tunnel;

import dev.culvert.crypto.Randomness;
import dev.culvert.ethernet.AddressText;
import dev.culvert.ethernet.OuterDatagramGuard;
import dev.culvert.handshake.CookieGuard;
import dev.culvert.handshake.LocalIdentity;
import dev.culvert.handshake.ReceivedInitiation;
import dev.culvert.metrics.CounterId;
import dev.culvert.metrics.Counters;
import dev.culvert.peer.Peer;
import dev.culvert.peer.PeerActions;
import dev.culvert.peer.PeerPath;
import dev.culvert.session.Session;
import dev.culvert.session.SessionTable;
import dev.culvert.time.MonotonicClock;
import dev.culvert.time.WallClock;
import dev.culvert.tunnel.TunnelCommands.HandshakeDatagram;
import dev.culvert.wire.HelloMessage;
import dev.culvert.wire.MessageType;
import dev.culvert.wire.ResponseMessage;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The control loop's work: handshakes, timers, what is known about silent peers, status. Confined to the control loop,
 * so that a flood of initiations costs lanes a mac1 check each, a bounded queue, and the sending of cookie replies.
 */
final class Control implements PeerActions, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Control.class);

    private final LocalIdentity identity;
    private final Randomness randomness;
    private final CookieGuard cookieGuard;
    private final SessionTable<PeerPath> sessions;
    private final TunnelCommands commands;
    private final MonotonicClock clock;
    private final WallClock wallClock;
    private final Counters counters;
    private final Roster roster;
    private final StatusReport report;
    private final Consumer<IOException> onFailure;
    private final int listenPort;
    private Set<InetSocketAddress> guardedRemotes = Set.of();
    private boolean closed;

    Control(ControlParts parts, Roster.Maker rosterMaker, Consumer<IOException> onFailure) {
        this.identity = parts.identity();
        this.randomness = parts.randomness();
        this.cookieGuard = new CookieGuard(identity.publicKey(), randomness);
        this.sessions = parts.sessions();
        this.commands = parts.commands();
        this.clock = parts.clock();
        this.wallClock = parts.wallClock();
        this.counters = parts.counters();
        this.roster = rosterMaker.make(this);
        this.report = new StatusReport(parts, roster);
        this.onFailure = onFailure;
        this.listenPort = parts.facts().listen().getPort();
    }

    /** Looks for every peer that has an address: a fault in the configuration shows at once, not at the first frame. */
    void onStart() {
        for (Correspondence each : roster.enabled()) {
            each.lookUp(clock.nanoTime());
            each.peer().onHandshakeWanted(wallClock.now(), clock.nanoTime());
        }
    }

    void onTick() {
        if (closed) {
            return;
        }
        Instant now = wallClock.now();
        long nowNanos = clock.nanoTime();
        for (Correspondence each : roster.enabled()) {
            each.peer().onTick(now, nowNanos);
            each.diagnose(nowNanos);
            each.measurePath(nowNanos);
        }
        watchRemotes();
    }

    /** Tells the lanes where their own datagrams go, when that has changed. */
    private void watchRemotes() {
        Set<InetSocketAddress> remotes = new HashSet<>();
        for (Correspondence each : roster.enabled()) {
            InetSocketAddress remote = each.path().remote();
            if (remote != null) {
                remotes.add(remote);
            }
        }
        if (!remotes.equals(guardedRemotes)) {
            guardedRemotes = remotes;
            commands.refuse(new OuterDatagramGuard(listenPort, remotes));
        }
    }

    /**
     * @param queued handshake messages still waiting behind this one
     */
    void onHandshakeMessage(HandshakeDatagram datagram, int queued) {
        byte[] message = datagram.message();
        InetSocketAddress from = datagram.from();
        if (closed) {
            return;
        }
        counters.increment(CounterId.HANDSHAKES_TAKEN);
        long nowNanos = clock.nanoTime();
        boolean underLoad = cookieGuard.isUnderLoad(queued, nowNanos);
        if (underLoad && datagram.type() != MessageType.COOKIE_REPLY) {
            if (!cookieGuard.hasValidMac2(message, from, nowNanos)) {
                counters.increment(CounterId.COOKIES_DEMANDED);
                commands.sendHandshake(cookieGuard.cookieReply(message, from, nowNanos), from);
                return;
            }
            if (!cookieGuard.admits(from.getAddress(), nowNanos)) {
                counters.increment(CounterId.RATE_LIMITED);
                return;
            }
        }
        counters.increment(
                switch (datagram.type()) {
                    case INITIATION -> onInitiation(message, from, nowNanos);
                    case RESPONSE -> onResponse(message, from, nowNanos);
                    case COOKIE_REPLY -> onCookieReply(message, nowNanos);
                    case TRANSPORT, INVALID -> throw new IllegalStateException("lanes hand over no " + datagram.type());
                });
    }

    private CounterId onInitiation(byte[] message, InetSocketAddress from, long nowNanos) {
        Optional<ReceivedInitiation> read = identity.read(message);
        if (read.isEmpty()) {
            return CounterId.HANDSHAKE_UNAUTHENTIC;
        }
        try (ReceivedInitiation initiation = read.get()) {
            Correspondence known = roster.byKey(initiation.remote());
            if (known == null) {
                CounterId why =
                        roster.isDisabled(initiation.remote()) ? CounterId.PEER_DISABLED : CounterId.UNKNOWN_PEER;
                refused(from, why, " " + initiation.remote().toBase64());
                return why;
            }
            return known.peer()
                    .onInitiation(initiation, from, nowNanos)
                    .map(HandshakeCounters::of)
                    .orElse(CounterId.INITIATIONS_ACCEPTED);
        }
    }

    private CounterId onResponse(byte[] message, InetSocketAddress from, long nowNanos) {
        Correspondence waiting = roster.awaitingResponseTo(ResponseMessage.receiverIndex(message));
        if (waiting == null) {
            return CounterId.HANDSHAKE_UNEXPECTED;
        }
        Optional<CounterId> refused = waiting.peer()
                .onResponse(message, from, wallClock.now(), nowNanos)
                .map(HandshakeCounters::of);
        if (refused.isEmpty()) {
            LOG.info("session established peer={} remote={} role=initiator", waiting.path(), AddressText.of(from));
        }
        return refused.orElse(CounterId.RESPONSES_ACCEPTED);
    }

    private CounterId onCookieReply(byte[] message, long nowNanos) {
        for (Correspondence each : roster.enabled()) {
            if (each.peer().onCookieReply(message, nowNanos)) {
                return CounterId.COOKIES_ACCEPTED;
            }
        }
        return CounterId.HANDSHAKE_UNEXPECTED;
    }

    private void refused(InetSocketAddress from, CounterId why, String detail) {
        report.refused(wallClock.now(), from, why.description() + detail);
    }

    void onHandshakeWanted(PeerPath path) {
        if (closed) {
            return;
        }
        roster.of(path).peer().onHandshakeWanted(wallClock.now(), clock.nanoTime());
    }

    void onSessionConfirmed(PeerPath path, Session session) {
        if (!closed && roster.of(path).peer().onConfirmed(session, wallClock.now(), clock.nanoTime())) {
            LOG.info("session established peer={} remote={} role=responder", path, describe(path.remote()));
        }
    }

    void onHello(PeerPath path, Session session, HelloMessage message) {
        if (closed) {
            return;
        }
        counters.increment(CounterId.CONTROL_TAKEN);
        boolean accepted = roster.of(path).peer().onHello(session, message, clock.nanoTime());
        counters.increment(accepted ? CounterId.HELLOS_ACCEPTED : CounterId.CONTROL_STALE);
    }

    private static String describe(@Nullable InetSocketAddress remote) {
        return remote == null ? "unknown" : AddressText.of(remote);
    }

    void onResolved(PeerPath path, InetSocketAddress remote) {
        Correspondence resolved = roster.of(path);
        if (!closed && resolved.tryResolve(remote) && !resolved.peer().isEstablished(clock.nanoTime())) {
            path.heardFrom(remote);
            resolved.peer().onHandshakeWanted(wallClock.now(), clock.nanoTime());
        }
    }

    void onDiagnosed(PeerPath path, String finding) {
        roster.of(path).found(finding);
    }

    void onFailure(IOException why) {
        onFailure.accept(why);
    }

    TunnelStatus status(LaneSnapshot lanes) {
        return report.of(lanes, wallClock.now(), clock.nanoTime());
    }

    @Override
    public int newIndex() {
        int index = randomness.nextIndex();
        while (sessions.contains(index) || roster.awaitingResponseTo(index) != null) {
            index = randomness.nextIndex();
        }
        return index;
    }

    @Override
    public void sendHandshake(Peer peer, byte[] message) {
        InetSocketAddress remote = peer.path().remote();
        if (remote != null) {
            commands.sendHandshake(message, remote);
        }
    }

    @Override
    public void sendKeepalive(Peer peer) {
        commands.sendKeepalive(peer.path());
    }

    @Override
    public void sendControl(Peer peer, Session session, byte[] message) {
        commands.sendControl(peer.path(), session, message);
    }

    @Override
    public void flushStaged(Peer peer) {
        commands.flushStaged(peer.path());
    }

    @Override
    public void dropStaged(Peer peer) {
        commands.dropStaged(peer.path());
    }

    @Override
    public void install(Peer peer, Session session) {
        sessions.put(session, peer.path());
    }

    @Override
    public void retire(Peer peer, List<Session> retired) {
        if (!retired.isEmpty()) {
            retired.forEach(sessions::remove);
            commands.closeSessions(peer.path(), retired);
        }
    }

    /** Wipes all keys; whatever else is asked of this loop afterwards does nothing. */
    @Override
    public void close() {
        closed = true;
        roster.enabled().forEach(each -> each.peer().close());
    }
}
