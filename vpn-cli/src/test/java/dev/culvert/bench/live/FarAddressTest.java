package dev.culvert.bench.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.tunnel.TunnelStatus;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class FarAddressTest {
    private static final List<String> NEIGHBOURS = List.of(
            "IP address       HW type     Flags       HW address            Mask     Device",
            "10.8.0.2         0x1         0x2         02:00:00:00:00:02     *        culvert0",
            "10.8.0.9         0x1         0x2         02:00:00:00:00:09     *        culvert0",
            "10.8.0.4         0x1         0x0         00:00:00:00:00:00     *        culvert0",
            "192.0.2.1        0x1         0x2         02:00:00:00:00:02     *        eth0");

    @Test
    void neighboursBehindAPeerAreKnown() {
        List<FarAddress> known =
                FarAddress.known(status(peer("branch", List.of(), List.of("02:00:00:00:00:02"))), NEIGHBOURS);
        assertThat(known).extracting(FarAddress::toString).containsExactly("10.8.0.2 (branch)");
    }

    @Test
    void singleHostsAmongAllowedIpsAreKnownAndNetworksAreNot() {
        List<FarAddress> known = FarAddress.known(
                status(peer("branch", List.of("10.9.0.2/32", "10.77.0.0/16", "fd00::2/128"), List.of())), List.of());
        assertThat(known)
                .extracting(FarAddress::toString)
                .containsExactly("10.9.0.2 (branch)", "fd00:0:0:0:0:0:0:2 (branch)");
    }

    @Test
    void aNeighbourThatIsAlsoAnAllowedHostIsKnownOnce() {
        List<FarAddress> known = FarAddress.known(
                status(peer("branch", List.of("10.8.0.2/32"), List.of("02:00:00:00:00:02"))), NEIGHBOURS);
        assertThat(known).extracting(FarAddress::toString).containsExactly("10.8.0.2 (branch)");
    }

    private static TunnelStatus status(TunnelStatus.Peer... peers) {
        return Statuses.of(1, Map.of(), peers);
    }

    private static TunnelStatus.Peer peer(String name, List<String> allowedIps, List<String> macs) {
        return new TunnelStatus.Peer(
                name,
                "",
                TunnelStatus.PeerState.ESTABLISHED,
                "",
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                allowedIps,
                macs);
    }
}
