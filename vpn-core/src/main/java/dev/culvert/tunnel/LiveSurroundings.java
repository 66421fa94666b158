package dev.culvert.tunnel;

import dev.culvert.config.RemoteName;
import dev.culvert.ethernet.AddressText;
import dev.culvert.peer.PeerPath;
import dev.culvert.udp.PathMtu;
import dev.culvert.udp.PathProbe;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.function.Predicate;

/** Look-ups and probes by the operating system, each on a thread of its own, since they block (and would pin a virtual one). */
final class LiveSurroundings implements Surroundings {
    private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(1);

    private final TunnelCommands commands;
    private final Predicate<InetAddress> canReach;

    /**
     * @param canReach whether the socket's address family can send to an address
     */
    LiveSurroundings(TunnelCommands commands, Predicate<InetAddress> canReach) {
        this.commands = commands;
        this.canReach = canReach;
    }

    @Override
    public void lookUp(PeerPath path, RemoteName name) {
        Thread.ofPlatform().daemon().name("culvert-lookup-" + path).start(() -> {
            try {
                for (InetAddress address : InetAddress.getAllByName(name.host())) {
                    if (canReach.test(address)) {
                        commands.resolved(path, new InetSocketAddress(address, name.port()));
                        return;
                    }
                }
                commands.diagnosed(
                        path,
                        name.host()
                                + " has no address that this socket can send to: see `listen` in the configuration");
            } catch (UnknownHostException unknown) {
                commands.diagnosed(path, name.host() + " does not resolve: no such name, or no DNS server answers");
            }
        });
    }

    @Override
    public void probe(PeerPath path, InetSocketAddress remote) {
        Thread.ofPlatform()
                .daemon()
                .name("culvert-probe-" + path)
                .start(() -> commands.diagnosed(
                        path, sentence(PathProbe.probe(remote, PROBE_TIMEOUT), AddressText.of(remote))));
    }

    @Override
    public OptionalInt pathMtu(InetSocketAddress remote) {
        return PathMtu.to(remote);
    }

    private static String sentence(PathProbe.Finding finding, String remote) {
        return switch (finding) {
            case PORT_CLOSED ->
                "nothing listens on " + remote + " (ICMP port unreachable): wrong port, or no tunnel runs there";
            case HOST_ALIVE_PORT_SILENT ->
                "the host of " + remote
                        + " is up and its port is silent: a public key is wrong on one of the two ends, or a firewall"
                        + " drops the datagrams";
            case UNREACHABLE ->
                "no way to " + remote + ": host or network unreachable; the host is down, or a route is missing";
            case SILENT ->
                "no sign of life from the host of " + remote + ": it is down, or a firewall drops everything";
        };
    }
}
