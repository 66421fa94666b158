package dev.culvert.ethernet;

import dev.culvert.metrics.CounterId;

/**
 * What becomes of a frame or packet, and the counter it is counted under. The verdicts above {@link #TO_DEVICE} are those of
 * outbound frames, the others of inbound frames.
 */
public enum SwitchVerdict {
    /** Outbound, to the one peer that the switch names as its destination. */
    UNICAST(CounterId.OUTBOUND_FRAMES_SWITCHED),
    /** Outbound, a copy to every peer. */
    FLOOD(CounterId.OUTBOUND_FRAMES_SWITCHED),
    OUTBOUND_MALFORMED(CounterId.OUTBOUND_MALFORMED),
    LOCAL_DESTINATION(CounterId.OUTBOUND_LOCAL_DESTINATION),
    NO_PEER(CounterId.OUTBOUND_NO_PEER),

    /** Inbound, to the TAP or TUN. */
    TO_DEVICE(CounterId.INBOUND_FRAMES_SWITCHED),
    /** Inbound, to the TAP and to every peer but the one it came from. */
    TO_DEVICE_AND_FLOOD(CounterId.INBOUND_FRAMES_SWITCHED),
    /** Inbound, on to the one other peer that the switch names as its destination. */
    FORWARD(CounterId.INBOUND_FRAMES_SWITCHED),
    INBOUND_MALFORMED(CounterId.INBOUND_MALFORMED),
    BAD_SOURCE(CounterId.INBOUND_BAD_SOURCE),
    SOURCE_NOT_ALLOWED(CounterId.INBOUND_SOURCE_NOT_ALLOWED),
    SPLIT_HORIZON(CounterId.INBOUND_SPLIT_HORIZON);

    private final CounterId counter;

    SwitchVerdict(CounterId counter) {
        this.counter = counter;
    }

    public CounterId counter() {
        return counter;
    }

    public boolean isDrop() {
        return counter.role() == CounterId.Role.DROP;
    }
}
