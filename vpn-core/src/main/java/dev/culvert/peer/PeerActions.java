package dev.culvert.peer;

import dev.culvert.session.Session;
import java.util.List;

/** What a peer asks of the tunnel around it. Called on the control loop; carried out in the order of the calls. */
public interface PeerActions {
    /** A receiver index that no session and no pending handshake uses. */
    int newIndex();

    /** Sends a complete handshake message to the peer's present remote address. */
    void sendHandshake(Peer peer, byte[] message);

    /** Sends an empty transport message on the peer's present session; staged when there is none. */
    void sendKeepalive(Peer peer);

    /** Seals a control message in {@code session}, which is one of the peer's, and sends it. */
    void sendControl(Peer peer, Session session, byte[] message);

    /** Seals what was staged; when nothing was, sends a keepalive, so that the peer learns of the new session. */
    void flushStaged(Peer peer);

    /** Drops what was staged: no session could be made. */
    void dropStaged(Peer peer);

    /** Lets datagrams find {@code session}. */
    void install(Peer peer, Session session);

    /** Takes sessions out of the table and has their lane close them. */
    void retire(Peer peer, List<Session> sessions);
}
