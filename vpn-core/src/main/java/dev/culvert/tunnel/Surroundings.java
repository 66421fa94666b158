package dev.culvert.tunnel;

import dev.culvert.config.RemoteName;
import dev.culvert.peer.PeerPath;
import java.net.InetSocketAddress;
import java.util.OptionalInt;

/** What the control loop has done elsewhere because it takes long; results come back as {@link TunnelCommands}. */
interface Surroundings {
    /** Resolves a name; ends in {@link TunnelCommands#resolved} or, when that fails, in {@link TunnelCommands#diagnosed}. */
    void lookUp(PeerPath path, RemoteName name);

    /** Finds out why a remote address stays silent; ends in {@link TunnelCommands#diagnosed}. */
    void probe(PeerPath path, InetSocketAddress remote);

    /** What the way to {@code remote} carries as one IP packet, bytes, as far as is known here; takes microseconds. */
    OptionalInt pathMtu(InetSocketAddress remote);
}
