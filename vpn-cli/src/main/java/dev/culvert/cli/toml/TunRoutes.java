package dev.culvert.cli.toml;

import dev.culvert.config.RemoteName;
import dev.culvert.ethernet.IpPrefix;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * What tun mode routes into the device, against where the peers are. Our datagrams carry no mark that would keep them out
 * of such a route: one that leads to a peer leads them back into the tunnel, and a default route takes the host off its
 * network.
 */
final class TunRoutes {
    private final List<Located<IpPrefix>> routes = new ArrayList<>();
    private final List<Remote> remotes = new ArrayList<>();

    private record Remote(IpPrefix address, Position at) {}

    void route(Located<IpPrefix> route) {
        routes.add(route);
    }

    /** A name is passed over: nobody knows yet what it will resolve to. */
    void remote(Located<RemoteName> remote) {
        AddressText.literalOf(remote.value())
                .map(TunRoutes::alone)
                .ifPresent(address -> remotes.add(new Remote(address, remote.at())));
    }

    private static IpPrefix alone(InetAddress address) {
        return new IpPrefix(address, address.getAddress().length * Byte.SIZE);
    }

    void refuseThoseToRemotes(ConfigProblems problems) {
        for (Located<IpPrefix> route : routes) {
            IpPrefix network = route.value().network();
            if (network.prefixBits() == 0) {
                problems.at(
                        route,
                        network + " would take this host off its network: default routes are not supported yet;"
                                + " list the networks behind this peer");
                continue;
            }
            remotes.stream()
                    .filter(remote -> network.contains(remote.address()))
                    .findFirst()
                    .ifPresent(remote -> problems.at(
                            route,
                            "%s holds the `endpoint` of line %d, which would then be sought inside the tunnel;"
                                            .formatted(network, remote.at().line())
                                    + " split it into the networks behind this peer"));
        }
    }
}
