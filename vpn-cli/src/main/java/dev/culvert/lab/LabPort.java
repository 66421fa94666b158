package dev.culvert.lab;

import java.util.ArrayList;
import java.util.List;

/** A network interface of a host: one end of a link, or a bridge. */
public final class LabPort {
    private static final List<String> OFFLOADS = List.of("gso", "tso", "tx-udp-segmentation", "gro");

    private final LabHost host;
    private final String name;

    LabPort(LabHost host, String name) {
        this.host = host;
        this.name = name;
    }

    public LabHost host() {
        return host;
    }

    /** The name of the interface inside its host. */
    public String name() {
        return name;
    }

    /** Adds addresses with their prefix lengths: {@code 10.0.0.1/24}, {@code fd00::1/64}. */
    public LabPort address(String... prefixes) throws LabException {
        for (String prefix : prefixes) {
            if (prefix.indexOf(':') < 0) {
                host.ip("address", "add", prefix, "dev", name);
            } else {
                host.ip(
                        "address", "add", prefix, "dev", name,
                        "nodad"); // usable at once, not after a second of probing
            }
        }
        return this;
    }

    public LabPort mtu(int bytes) throws LabException {
        host.ip("link", "set", name, "mtu", Integer.toString(bytes));
        return this;
    }

    public LabPort up() throws LabException {
        host.ip("link", "set", name, "up");
        return this;
    }

    public LabPort down() throws LabException {
        host.ip("link", "set", name, "down");
        return this;
    }

    /**
     * Switches what the kernel does in place of a network card: segmentation of TCP and UDP, and GRO. A veth is made with
     * all of it on but GRO. Needs {@code ethtool}.
     */
    public LabPort offloads(boolean on) throws LabException {
        List<String> command = new ArrayList<>(List.of("ethtool", "-K", name));
        for (String feature : OFFLOADS) {
            command.add(feature);
            command.add(on ? "on" : "off");
        }
        host.run(command.toArray(String[]::new)).orThrow();
        return this;
    }

    @Override
    public String toString() {
        return host.name() + ":" + name;
    }
}
