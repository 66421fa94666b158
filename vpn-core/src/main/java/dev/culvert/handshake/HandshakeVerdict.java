package dev.culvert.handshake;

/** Why a handshake message was refused. Each is an everyday event, and leaves the handshake as it was. */
public enum HandshakeVerdict {
    /** A response that no pending initiation waits for. */
    UNEXPECTED,
    /** Not made by the holder of the keys, or not a message of its type at all. */
    UNAUTHENTIC,
    /** An initiation not newer than the last that was answered. */
    INITIATION_REPLAYED,
    /** An initiation too soon after the last that was answered. */
    INITIATION_FLOOD
}
