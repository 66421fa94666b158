package dev.culvert.device.linux;

import dev.culvert.device.DeviceSpec;
import dev.culvert.device.TapMode;
import dev.culvert.ethernet.IpPrefix;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Devices the tests ask for. */
final class Specs {
    static final int MTU = 1400;
    static final int TX_QUEUE = 700;

    private Specs() {}

    static DeviceSpec tap(String name, String... addresses) {
        return new DeviceSpec(name, TapMode.TAP, MTU, TX_QUEUE, prefixes(addresses), Optional.empty(), List.of());
    }

    static DeviceSpec tapInBridge(String name, String bridge, String... addresses) {
        return new DeviceSpec(name, TapMode.TAP, MTU, TX_QUEUE, prefixes(addresses), Optional.of(bridge), List.of());
    }

    static DeviceSpec tun(String name, List<String> addresses, String... routes) {
        return new DeviceSpec(
                name,
                TapMode.TUN,
                MTU,
                TX_QUEUE,
                prefixes(addresses.toArray(String[]::new)),
                Optional.empty(),
                prefixes(routes));
    }

    private static List<IpPrefix> prefixes(String... texts) {
        return Arrays.stream(texts).map(IpPrefix::parse).toList();
    }
}
