package dev.culvert.handshake;

import dev.culvert.noise.TransportKeys;

/** What became of an initiation. */
public sealed interface RespondOutcome {
    /**
     * The message to send. The keys, which belong to whoever takes this, may receive at once; they may send only after
     * they have received, because until then nothing says that the initiator got the message.
     */
    @SuppressWarnings("ArrayRecordComponent") // taken apart once, never compared
    record Responded(byte[] message, TransportKeys keys, int localIndex, int remoteIndex) implements RespondOutcome {}

    /** Nothing is to be sent, nothing has changed. */
    record Refused(HandshakeVerdict why) implements RespondOutcome {}
}
