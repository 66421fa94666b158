package dev.culvert.ethernet;

import java.time.Duration;

/**
 * What a {@link ForwardingTable} holds at most, and for how long.
 *
 * @param total addresses of all owners together
 * @param perPeer addresses of one peer
 * @param local addresses on this side of the tunnel
 * @param age an address that was no source for so long is forgotten
 */
public record ForwardingLimits(int total, int perPeer, int local, Duration age) {
    private static final int MAX_TOTAL = 1 << 24;

    /** The ageing time that IEEE 802.1Q recommends; a quarter of the table for one owner. */
    public static final ForwardingLimits DEFAULT = new ForwardingLimits(16_384, 4_096, 4_096, Duration.ofMinutes(5));

    public ForwardingLimits {
        if (total < 1 || total > MAX_TOTAL || perPeer < 1 || local < 1) {
            throw new IllegalArgumentException("limits must be positive, and in total at most " + MAX_TOTAL);
        }
        if (!age.isPositive()) {
            throw new IllegalArgumentException("age must be positive");
        }
    }
}
