package dev.culvert.ethernet;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** The source addresses that peers may use, for the peers that may not use any. Confined to one lane. */
final class AllowedMacs<P> {
    private final Map<P, long[]> sortedByPeer = new HashMap<>();

    /** Replaces what {@code peer} was allowed; with an empty set it may use any address. */
    void allow(P peer, Collection<MacAddress> macs) {
        if (macs.isEmpty()) {
            sortedByPeer.remove(peer);
        } else {
            sortedByPeer.put(
                    peer, macs.stream().mapToLong(MacAddress::bits).sorted().toArray());
        }
    }

    boolean allows(P peer, long mac) {
        if (sortedByPeer.isEmpty()) {
            return true;
        }
        long[] allowed = sortedByPeer.get(peer);
        return allowed == null || Arrays.binarySearch(allowed, mac) >= 0;
    }
}
