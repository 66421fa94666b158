package dev.culvert.session;

/** Which end began the handshake of a session: only the initiator renews it, so that both do not at once. */
public enum Role {
    INITIATOR,
    RESPONDER
}
