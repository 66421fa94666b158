/**
 * A peer: its handshake, sessions and timers joined, without I/O. {@link dev.culvert.peer.Peer} is confined to the
 * control loop; {@link dev.culvert.peer.PeerPath} is what lanes may know of it. Knows no socket, clock or logger: time
 * comes in, wishes go out through {@link dev.culvert.peer.PeerActions}.
 */
@NullMarked
package dev.culvert.peer;

import org.jspecify.annotations.NullMarked;
