package dev.culvert.udp;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Where the kernel refused a segmented send (UDP_SEGMENT) lately. It does so when a segment exceeds the MTU of the path
 * (EMSGSIZE, EINVAL on older kernels), and when the route leads through a device or transformation that cannot segment
 * (EIO). Both belong to one remote address, and both may pass: so segments of that size and above go singly to that
 * address for a minute, which costs one refused system call a minute where it does not pass. Confined to its loop.
 */
final class SegmentationRefusals {
    static final Duration KEPT = Duration.ofMinutes(1);
    static final int MAX_REMOTES = 1024;

    private static final long KEPT_NANOS = KEPT.toNanos();

    private record Refusal(int segmentBytes, long untilNanos) {}

    private final Map<InetSocketAddress, Refusal> byRemote = new HashMap<>();

    void note(InetSocketAddress remote, int segmentBytes, long nowNanos) {
        if (byRemote.size() >= MAX_REMOTES) {
            byRemote.clear(); // costs each of them one more refusal
        }
        Refusal known = byRemote.get(remote);
        int smallest = known == null || known.untilNanos - nowNanos <= 0
                ? segmentBytes
                : Math.min(known.segmentBytes, segmentBytes);
        byRemote.put(remote, new Refusal(smallest, nowNanos + KEPT_NANOS));
    }

    /** As nearly always: then there is no need to ask what time it is. */
    boolean isEmpty() {
        return byRemote.isEmpty();
    }

    boolean covers(InetSocketAddress remote, int segmentBytes, long nowNanos) {
        Refusal known = byRemote.get(remote);
        if (known == null || segmentBytes < known.segmentBytes) {
            return false;
        }
        if (known.untilNanos - nowNanos <= 0) {
            byRemote.remove(remote);
            return false;
        }
        return true;
    }
}
