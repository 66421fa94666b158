package dev.culvert.peer;

/** When a peer that has never said hello is spoken to. Once it has, it is a Culvert, and hellos are repeated until answered. */
public enum HelloManners {
    /** In every session: it can only be a Culvert, though perhaps an older one. */
    ALWAYS,
    /** Once: it may be a WireGuard, which drops what it does not know, and is to see no more than one of it. */
    ONCE,
    /** Never. */
    WHEN_SPOKEN_TO
}
