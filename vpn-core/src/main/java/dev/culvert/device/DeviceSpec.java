package dev.culvert.device;

import dev.culvert.ethernet.IpPrefix;
import dev.culvert.ethernet.MacAddress;
import java.net.Inet6Address;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The device a tunnel wants. What contradicts itself is refused here; whether the name is a good one is the operating
 * system's question.
 *
 * @param mtu bytes, without the Ethernet header
 * @param txQueueFrames how many frames the kernel keeps for us
 * @param bridge an existing bridge to join (tap only)
 * @param hardwareAddress of a device that we make (tap only); without one, or for a device that was there, the kernel
 *     has chosen
 * @param routes networks to reach through the device (tun only)
 * @param offloads to ask the kernel for, which may refuse each; when any is asked for, every frame has a virtio header
 *     in front ({@link GrantedOffloads#headerBytes})
 * @param queues descriptors to read and write through, each by one lane; the kernel spreads flows over them
 */
public record DeviceSpec(
        String name,
        TapMode mode,
        int mtu,
        int txQueueFrames,
        List<IpPrefix> addresses,
        Optional<String> bridge,
        Optional<MacAddress> hardwareAddress,
        List<IpPrefix> routes,
        Set<TapOffload> offloads,
        int queues) {
    public static final int MIN_MTU = 68; // linux/if_ether.h: ETH_MIN_MTU (RFC 791)
    public static final int MIN_IPV6_MTU = 1280; // RFC 8200, section 5

    public static final int MAX_QUEUES = 256; // drivers/net/tun.c: MAX_TAP_QUEUES

    private static final int MAX_TAP_MTU = 65_521; // drivers/net/tun.c: 65535 less the Ethernet header
    private static final int MAX_TUN_MTU = 65_535;

    public DeviceSpec {
        addresses = List.copyOf(addresses);
        routes = List.copyOf(routes);
        offloads = Set.copyOf(offloads);
        int max = maxMtu(mode);
        if (mtu < MIN_MTU || mtu > max) {
            throw new IllegalArgumentException("mtu must be %d to %d, not %d".formatted(MIN_MTU, max, mtu));
        }
        // The kernel takes IPv6 off an interface below this, and then answers with something about memory.
        if (mtu < MIN_IPV6_MTU
                && Stream.concat(addresses.stream(), routes.stream()).anyMatch(DeviceSpec::isIpv6)) {
            throw new IllegalArgumentException("IPv6 needs an mtu of at least %d, not %d".formatted(MIN_IPV6_MTU, mtu));
        }
        if (txQueueFrames < 1) {
            throw new IllegalArgumentException("txqueue must be at least 1, not " + txQueueFrames);
        }
        if (queues < 1 || queues > MAX_QUEUES) {
            throw new IllegalArgumentException("queues must be 1 to %d, not %d".formatted(MAX_QUEUES, queues));
        }
        if (mode == TapMode.TUN && bridge.isPresent()) {
            throw new IllegalArgumentException("a tun carries no Ethernet and cannot join a bridge: use mode tap");
        }
        if (mode == TapMode.TUN && hardwareAddress.isPresent()) {
            throw new IllegalArgumentException("a tun carries no Ethernet and has no hardware address: use mode tap");
        }
        if (hardwareAddress.isPresent() && !hardwareAddress.get().isUnicast()) {
            throw new IllegalArgumentException(hardwareAddress.get() + " is no address of one station");
        }
        if (mode == TapMode.TAP && !routes.isEmpty()) {
            throw new IllegalArgumentException("routes belong to mode tun; a tap needs a gateway behind it");
        }
    }

    /** With a hardware address of the kernel's choice. */
    public DeviceSpec(
            String name,
            TapMode mode,
            int mtu,
            int txQueueFrames,
            List<IpPrefix> addresses,
            Optional<String> bridge,
            List<IpPrefix> routes) {
        this(name, mode, mtu, txQueueFrames, addresses, bridge, Optional.empty(), routes);
    }

    /** Frames as they are on the wire, through one queue. */
    public DeviceSpec(
            String name,
            TapMode mode,
            int mtu,
            int txQueueFrames,
            List<IpPrefix> addresses,
            Optional<String> bridge,
            Optional<MacAddress> hardwareAddress,
            List<IpPrefix> routes) {
        this(name, mode, mtu, txQueueFrames, addresses, bridge, hardwareAddress, routes, Set.of(), 1);
    }

    /** The same with these offloads asked for. */
    public DeviceSpec withOffloads(Set<TapOffload> wished) {
        return new DeviceSpec(
                name, mode, mtu, txQueueFrames, addresses, bridge, hardwareAddress, routes, wished, queues);
    }

    /** The same with this many queues. */
    public DeviceSpec withQueues(int wished) {
        return new DeviceSpec(
                name, mode, mtu, txQueueFrames, addresses, bridge, hardwareAddress, routes, offloads, wished);
    }

    public static int maxMtu(TapMode mode) {
        return mode == TapMode.TAP ? MAX_TAP_MTU : MAX_TUN_MTU;
    }

    private static boolean isIpv6(IpPrefix prefix) {
        return prefix.address() instanceof Inet6Address;
    }
}
