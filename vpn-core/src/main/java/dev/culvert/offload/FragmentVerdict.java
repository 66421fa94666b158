package dev.culvert.offload;

/** What {@link Reassembly} makes of a fragment. */
public enum FragmentVerdict {
    /** Kept, until the frame is complete or given up. */
    HELD,
    /** It was the last that was missing: the frame is there. */
    COMPLETE,
    /** No fragment, or of a frame that would be too long, or the last of one shorter than its Ethernet header. */
    MALFORMED,
    /** One with this position was there already. */
    DUPLICATE,
    /** It contradicts what is known of its frame: its size, or which fragment is the last. */
    INCONSISTENT
}
