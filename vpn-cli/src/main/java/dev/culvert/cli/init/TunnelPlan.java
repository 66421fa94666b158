package dev.culvert.cli.init;

import dev.culvert.device.TapMode;
import dev.culvert.ethernet.IpPrefix;
import java.util.OptionalInt;

/**
 * A tunnel to be, between two hosts.
 *
 * @param name of the device on both, and of the files
 * @param port both listen on
 * @param mtu of the device on both, bytes; empty for Culvert's choice
 */
public record TunnelPlan(
        String name, TapMode mode, int port, HostPlan one, HostPlan other, boolean presharedKey, OptionalInt mtu) {
    /** With an MTU that Culvert chooses. */
    public TunnelPlan(String name, TapMode mode, int port, HostPlan one, HostPlan other, boolean presharedKey) {
        this(name, mode, port, one, other, presharedKey, OptionalInt.empty());
    }

    public TunnelPlan withMtu(int bytes) {
        return new TunnelPlan(name, mode, port, one, other, presharedKey, OptionalInt.of(bytes));
    }

    String configFile() {
        return name + ".toml";
    }

    String keyFile() {
        return name + ".key";
    }

    String presharedKeyFile() {
        return name + ".psk";
    }

    HostPlan farSideOf(HostPlan host) {
        return host.equals(one) ? other : one;
    }

    String modeText() {
        return mode.text();
    }

    /** What is routed to a host in tun mode: its address alone. */
    static IpPrefix onlyAddressOf(HostPlan host) {
        return new IpPrefix(host.address().address(), host.address().address().getAddress().length * Byte.SIZE);
    }
}
