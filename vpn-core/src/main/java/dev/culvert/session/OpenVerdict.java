package dev.culvert.session;

/** What became of a transport message. */
public enum OpenVerdict {
    OPENED,
    DROP_EXPIRED,
    DROP_REPLAYED,
    DROP_UNAUTHENTIC
}
