package dev.culvert.it.wireguard;

import java.util.List;

/**
 * What a pair is to be like.
 *
 * @param initiator the end that knows where the other is, and so begins
 * @param keepalive from whom a persistent keepalive comes, each second
 */
record InteropPlan(Underlay underlay, End initiator, boolean presharedKey, List<End> keepalive) {
    enum End {
        CULVERT,
        WIREGUARD
    }

    /** What the outer datagrams travel on. RFC 5737 and RFC 3849 addresses: nobody's. */
    enum Underlay {
        IPV4("192.0.2.", "/24"),
        IPV6("2001:db8::", "/64");

        private final String start;
        private final String prefixLength;

        Underlay(String start, String prefixLength) {
            this.start = start;
            this.prefixLength = prefixLength;
        }

        String address(int host) {
            return start + host;
        }

        String prefix(int host) {
            return address(host) + prefixLength;
        }

        /** As configuration files and status write it. */
        String remote(int host, int port) {
            return (this == IPV4 ? address(host) : "[" + address(host) + "]") + ":" + port;
        }
    }

    static InteropPlan begunBy(End initiator) {
        return new InteropPlan(Underlay.IPV4, initiator, false, List.of());
    }

    InteropPlan over(Underlay other) {
        return new InteropPlan(other, initiator, presharedKey, keepalive);
    }

    InteropPlan withKeepaliveOf(End end) {
        return new InteropPlan(underlay, initiator, presharedKey, List.of(end));
    }
}
