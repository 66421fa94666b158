package dev.culvert.wire;

/** What a datagram claims to be, by its first bytes and its length. */
public enum MessageType {
    INITIATION,
    RESPONSE,
    COOKIE_REPLY,
    TRANSPORT,
    /** No message of ours. */
    INVALID
}
