package dev.culvert.offload;

/** What {@link FrameCoalescer} makes of a frame from a peer. */
public enum CoalesceVerdict {
    /** Delivered, alone or at the end of a super-frame, or held until the flush at the latest. */
    ACCEPTED,
    /** Not delivered: its checksum is said to be partial, and it is no whole TCP or UDP packet that could have one. */
    NO_PARTIAL_CHECKSUM
}
