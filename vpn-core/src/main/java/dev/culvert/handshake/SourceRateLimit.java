package dev.culvert.handshake;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** A token bucket for each source of handshake messages: an IPv4 address, or the /64 that one IPv6 host has to itself. */
final class SourceRateLimit {
    /** 20 messages a second, as WireGuard. */
    static final long NANOS_PER_TOKEN = Duration.ofSeconds(1).toNanos() / 20;

    static final int BURST = 5;
    static final int MAX_SOURCES = 16_384;

    private static final long FULL_NANOS = BURST * NANOS_PER_TOKEN;
    private static final long SWEEP_INTERVAL_NANOS = Duration.ofSeconds(1).toNanos();

    private record Source(boolean isIpv6, long prefix) {
        static Source of(InetAddress address) {
            ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
            return address instanceof Inet6Address
                    ? new Source(true, bytes.getLong())
                    : new Source(false, bytes.getInt());
        }
    }

    /** The tokens as the time it takes to earn them. */
    private static final class Bucket {
        private long savedNanos = FULL_NANOS;
        private long updatedNanos;

        Bucket(long nowNanos) {
            this.updatedNanos = nowNanos;
        }

        boolean tryTake(long nowNanos) {
            refill(nowNanos);
            if (savedNanos < NANOS_PER_TOKEN) {
                return false;
            }
            savedNanos -= NANOS_PER_TOKEN;
            return true;
        }

        boolean isFull(long nowNanos) {
            refill(nowNanos);
            return savedNanos == FULL_NANOS;
        }

        private void refill(long nowNanos) {
            savedNanos = Math.min(FULL_NANOS, savedNanos + (nowNanos - updatedNanos));
            updatedNanos = nowNanos;
        }
    }

    private final Map<Source, Bucket> buckets = new HashMap<>();
    private long sweptNanos;

    /** Takes a token. False when the source has none left, and for a new source while the table is full. */
    boolean admits(InetAddress address, long nowNanos) {
        sweep(nowNanos);
        Source source = Source.of(address);
        if (buckets.size() >= MAX_SOURCES && !buckets.containsKey(source)) {
            return false;
        }
        return buckets.computeIfAbsent(source, _ -> new Bucket(nowNanos)).tryTake(nowNanos);
    }

    int sources() {
        return buckets.size();
    }

    /** A full bucket says no more than a missing one. */
    private void sweep(long nowNanos) {
        // An empty table has no last sweep to compare with.
        if (buckets.isEmpty()) {
            sweptNanos = nowNanos;
        } else if (nowNanos - sweptNanos >= SWEEP_INTERVAL_NANOS) {
            sweptNanos = nowNanos;
            buckets.values().removeIf(bucket -> bucket.isFull(nowNanos));
        }
    }
}
