package dev.culvert.ethernet;

/** What the {@link ForwardingTable} made of a source address. */
public enum Learned {
    /** The address was its owner's already. */
    KNOWN,
    ADDED,
    /** The address belonged to another owner until now. */
    MOVED,
    /** Not learned: the table, or the owner's share of it, is full. */
    LIMIT_REACHED,
    /** Not moved: the address changed its owner too often of late. */
    HELD_DOWN
}
