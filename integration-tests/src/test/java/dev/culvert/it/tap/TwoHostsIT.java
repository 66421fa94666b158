package dev.culvert.it.tap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.lab.CulvertProcess;
import dev.culvert.lab.LabException;
import dev.culvert.lab.LabHost;
import dev.culvert.lab.Traffic;
import dev.culvert.testkit.RequiresRoot;
import dev.culvert.tunnel.TunnelStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What two kernels do on an Ethernet, with an underlay of IPv6.
 *
 * <pre>
 *  left                                                    right
 *  culvert0 10.99.0.1 fd99::1 === tunnel === 10.99.0.2 fd99::2 culvert0
 *  eth0     2001:db8::1 ----------- veth ----------- 2001:db8::2 eth0
 * </pre>
 */
@RequiresRoot
final class TwoHostsIT {
    private static final Duration TRANSFER_LIMIT = Duration.ofSeconds(30);
    private static final long TRANSFER_BYTES = 20_000_001;

    private static TestBed bed;
    private static LabHost left;
    private static LabHost right;
    private static CulvertProcess leftTunnel;
    private static CulvertProcess rightTunnel;

    @BeforeAll
    static void build() throws IOException {
        bed = TestBed.open("ping");
        left = bed.lab().host("left");
        right = bed.lab().host("right");
        bed.lab().link(left, "2001:db8::1/64", right, "2001:db8::2/64");
        TunnelEnd one = TunnelEnd.numbered(1, left);
        TunnelEnd other = TunnelEnd.numbered(2, right);
        one.peerAt("[2001:db8::2]", other);
        other.peerAt("[2001:db8::1]", one);
        List<CulvertProcess> tunnels = bed.up(one, other);
        leftTunnel = tunnels.getFirst();
        rightTunnel = tunnels.getLast();
        bed.awaitSessions();
    }

    @AfterAll
    static void remove() throws LabException {
        bed.close();
    }

    @Test
    void theUnderlayIsIpv6() throws LabException {
        TunnelStatus.Peer peer = leftTunnel.status().peers().getFirst();
        assertThat(peer.remote())
                .hasValueSatisfying(remote -> assertThat(remote).startsWith("[2001:db8:"));
    }

    @Test
    void bothSealWithAesWhereTheProcessorHasIt() throws IOException {
        boolean inHardware = Pattern.compile("\\baes\\b")
                .matcher(Files.readString(Path.of("/proc/cpuinfo")))
                .find();
        for (CulvertProcess tunnel : List.of(leftTunnel, rightTunnel)) {
            TunnelStatus.Cipher cipher =
                    tunnel.status().peers().getFirst().cipher().orElseThrow();
            assertThat(cipher.name()).isEqualTo(inHardware ? "aes-256-gcm" : "chacha20-poly1305");
            assertThat(cipher.reason()).contains("in hardware");
        }
    }

    @Test
    void kernelsFindEachOtherByArp() throws LabException {
        Pings.assertAnswered(left, "10.99.0.2");
        Pings.assertAnswered(right, "10.99.0.1");
        assertThat(neighbour(left, "10.99.0.2")).isEqualTo(rightTunnel.status().hardwareAddress());
        assertThat(neighbour(right, "10.99.0.1")).isEqualTo(leftTunnel.status().hardwareAddress());
    }

    @Test
    void kernelsFindEachOtherByNeighbourDiscovery() throws LabException {
        Pings.assertAnswered(left, "fd99::2");
        Pings.assertAnswered(right, "fd99::1");
        assertThat(neighbour(left, "fd99::2")).isEqualTo(rightTunnel.status().hardwareAddress());
        assertThat(neighbour(right, "fd99::1")).isEqualTo(leftTunnel.status().hardwareAddress());
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.99.0.2", "fd99::2"})
    void carriesTcpIntact(String address) throws LabException {
        Traffic.Transfer transfer = Traffic.transfer(left, right, address, TRANSFER_BYTES, 42, TRANSFER_LIMIT);
        assertThat(transfer.bytes()).isEqualTo(TRANSFER_BYTES);
        assertThat(transfer.isIntact()).isTrue();
    }

    @Test
    void carriesPacketsAsLongAsTheMtu() throws LabException {
        int mtu = leftTunnel.status().mtu();
        Pings.assertAnswered(left, "10.99.0.2", mtu - 20 - 8); // headers of IPv4 and ICMP
        Pings.assertAnswered(left, "fd99::2", mtu - 40 - 8); // of IPv6 and ICMPv6
    }

    @Test
    void carriesBroadcast() throws IOException {
        assertThat(Datagrams.arrives(left, "10.99.0.255", right)).isTrue();
        assertThat(Datagrams.arrives(right, "10.99.0.255", left)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"239.255.77.1", "ff02::77:1"})
    void carriesMulticastToWhoJoined(String group) throws IOException {
        assertThat(Datagrams.arrivesByMulticast(left, group, right, TunnelEnd.DEVICE))
                .isTrue();
        assertThat(Datagrams.arrivesByMulticast(right, group, left, TunnelEnd.DEVICE))
                .isTrue();
    }

    @Test
    void allNodesOfTheLinkAnswer() throws LabException {
        String farLinkLocal = linkLocal(right);
        assertThat(left.run("ping", "-n", "-c", "2", "-i", "0.2", "-W", "5", "-I", TunnelEnd.DEVICE, "ff02::1")
                        .output())
                .contains("bytes from " + farLinkLocal);
    }

    /** The hardware address that the kernel of {@code host} has found out for {@code address}. */
    private static String neighbour(LabHost host, String address) throws LabException {
        String entry = host.ip("neighbour", "show", "to", address, "dev", TunnelEnd.DEVICE)
                .output();
        assertThat(entry).contains("lladdr").doesNotContain("FAILED");
        return entry.replaceAll("(?s).*lladdr (\\S+).*", "$1");
    }

    private static String linkLocal(LabHost host) throws LabException {
        String line = host.ip("-6", "-oneline", "address", "show", "dev", TunnelEnd.DEVICE, "scope", "link")
                .output();
        assertThat(line).contains("inet6 fe80:");
        return line.replaceAll("(?s).*inet6 (fe80:[^/]*)/.*", "$1");
    }
}
