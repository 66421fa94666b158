package dev.culvert.device.linux;

import dev.culvert.device.TapException;
import dev.culvert.ethernet.IpPrefix;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The main routing table, searched for the route that stands in the way of a new one. */
final class RouteTable {
    // Offsets in struct rtmsg (linux/rtnetlink.h)
    private static final int PREFIX_BITS = 1;
    private static final int TABLE = 4;
    private static final int BYTES = 12;

    private static final int IPV6_DEFAULT_METRIC = 1024; // linux/ipv6_route.h: IP6_RT_PRIO_USER

    private RouteTable() {}

    /** Index of the interface a route to {@code network} leads to; empty when it leads to none, or to several. */
    static OptionalInt interfaceOf(RtnetlinkSocket netlink, IpPrefix network) {
        for (ByteBuffer route : netlink.ask(Requests.routesLike(network)).replies()) {
            Map<Integer, ByteBuffer> attributes = NetlinkMessage.attributes(
                    route.duplicate().order(route.order()).position(BYTES));
            ByteBuffer device = attributes.get(Rtnetlink.RTA_OIF);
            if (device != null && isInTheWay(route, attributes, network)) {
                return OptionalInt.of(device.getInt(0));
            }
        }
        return OptionalInt.empty();
    }

    /** The kernel keeps two routes to one network apart by their metric. */
    private static boolean isInTheWay(ByteBuffer route, Map<Integer, ByteBuffer> attributes, IpPrefix network) {
        int metric = Requests.isIpv4(network.address()) ? 0 : IPV6_DEFAULT_METRIC;
        ByteBuffer itsMetric = attributes.get(Rtnetlink.RTA_PRIORITY);
        return Byte.toUnsignedInt(route.get(TABLE)) == Rtnetlink.RT_TABLE_MAIN
                && Byte.toUnsignedInt(route.get(PREFIX_BITS)) == network.prefixBits()
                && (itsMetric == null ? 0 : itsMetric.getInt(0)) == metric
                && leadsTo(attributes.get(Rtnetlink.RTA_DST), network);
    }

    /** A default route has no destination attribute. */
    private static boolean leadsTo(@Nullable ByteBuffer destination, IpPrefix network) {
        byte[] wanted = network.address().getAddress();
        if (destination == null) {
            return network.prefixBits() == 0;
        }
        byte[] bytes = new byte[destination.limit()];
        destination.get(0, bytes);
        return Arrays.equals(bytes, wanted);
    }

    static Optional<String> deviceName(RtnetlinkSocket netlink, OptionalInt index) throws TapException {
        return index.isEmpty()
                ? Optional.empty()
                : LinkInfo.find(netlink, index.getAsInt()).map(LinkInfo::name);
    }
}
