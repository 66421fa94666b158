package dev.culvert.offload;

/** What {@link FrameSplitter} makes of a frame from the TAP. */
public enum SplitVerdict {
    /** One frame, as it is. */
    WHOLE,
    /** A super-frame, to be taken segment by segment. */
    CUT,
    /** The virtio header and the frame contradict each other, or one of them makes no sense. */
    MALFORMED,
    /** Not even the headers of one segment fit the path. */
    TOO_LONG
}
