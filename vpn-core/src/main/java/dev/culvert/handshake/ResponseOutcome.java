package dev.culvert.handshake;

import dev.culvert.noise.TransportKeys;

/** What became of a response. */
public sealed interface ResponseOutcome {
    /** The handshake is done: we are the initiator, and may send at once. Whoever takes this owns the keys. */
    record Completed(TransportKeys keys, int localIndex, int remoteIndex) implements ResponseOutcome {}

    /** Recoverable: a pending initiation is still pending. */
    record Refused(HandshakeVerdict why) implements ResponseOutcome {}
}
