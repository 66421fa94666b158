package dev.culvert.bench.live;

import dev.culvert.tunnel.TunnelStatus;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An address behind a peer that can be asked for an echo. */
record FarAddress(InetAddress address, String peer) {
    private static final Path NEIGHBOURS = Path.of("/proc/thread-self/net/arp");
    private static final int COLUMNS = 6;

    /** Those that tunnel and kernel know of at the moment; more may exist. */
    static List<FarAddress> known(TunnelStatus status) throws IOException {
        return known(status, Files.readAllLines(NEIGHBOURS));
    }

    /** @param neighbours lines of {@code /proc/PID/net/arp}: address, type, flags, MAC, mask, device (proc_net(5)) */
    static List<FarAddress> known(TunnelStatus status, List<String> neighbours) {
        List<FarAddress> known = new ArrayList<>();
        for (String neighbour : neighbours) {
            String[] columns = neighbour.strip().split("\\s+", -1);
            if (columns.length == COLUMNS && columns[5].equals(status.name())) {
                Optional<String> peer = peerBehind(status, columns[3]);
                if (peer.isPresent()) {
                    known.add(new FarAddress(InetAddress.ofLiteral(columns[0]), peer.get()));
                }
            }
        }
        for (TunnelStatus.Peer peer : status.peers()) {
            for (String allowed : peer.allowedIps()) {
                if (isOneHost(allowed)) {
                    known.add(new FarAddress(InetAddress.ofLiteral(hostOf(allowed)), peer.name()));
                }
            }
        }
        return known.stream().distinct().toList(); // the same host may be both
    }

    private static Optional<String> peerBehind(TunnelStatus status, String mac) {
        return status.peers().stream()
                .filter(peer -> peer.macs().stream().anyMatch(mac::equalsIgnoreCase))
                .map(TunnelStatus.Peer::name)
                .findFirst();
    }

    private static boolean isOneHost(String prefix) {
        return prefix.indexOf(':') < 0 ? prefix.endsWith("/32") : prefix.endsWith("/128");
    }

    private static String hostOf(String prefix) {
        return prefix.substring(0, prefix.indexOf('/'));
    }

    @Override
    public String toString() {
        return address.getHostAddress() + " (" + peer + ")";
    }
}
