package dev.culvert.it.tap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.lab.LabException;
import dev.culvert.lab.LabHost;
import dev.culvert.lab.LabLink;
import dev.culvert.lab.LabProcess;
import dev.culvert.lab.Traffic;
import dev.culvert.testkit.RequiresRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two LANs, joined. Nobody behind the bridges knows of the tunnel, so it carries their MTU of 1500.
 *
 * <pre>
 *  office 10.77.0.1 -- [br0 of left] culvert0 === tunnel === culvert0 [br0 of right] -- branch 10.77.0.2
 *                        192.0.2.1 ------------- veth ------------- 192.0.2.2
 * </pre>
 */
@RequiresRoot
final class BridgedLansIT {
    private static final String BRIDGE = "br0";
    private static final int LAN_MTU = 1500;
    private static final int HEADERS_BYTES = 20 + 8; // IPv4, ICMP
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private static TestBed bed;
    private static LabHost left;
    private static LabHost right;
    private static LabHost office;
    private static LabHost branch;

    @BeforeAll
    static void build() throws IOException {
        bed = TestBed.open("ping", "dnsmasq", "udhcpc");
        left = bed.lab().host("left");
        right = bed.lab().host("right");
        bed.lab().link(left, "192.0.2.1/24", right, "192.0.2.2/24");
        office = behind(left, "office", "10.77.0.1/24 fd77::1/64");
        branch = behind(right, "branch", "10.77.0.2/24 fd77::2/64");
        TunnelEnd one = TunnelEnd.bridged(left, BRIDGE).with("mtu = " + LAN_MTU);
        TunnelEnd other = TunnelEnd.bridged(right, BRIDGE).with("mtu = " + LAN_MTU);
        bed.up(one.peerAt("192.0.2.2", other), other.peerAt("192.0.2.1", one));
        bed.awaitSessions();
    }

    private static LabHost behind(LabHost gateway, String name, String addresses) throws LabException {
        LabHost host = bed.lab().host(name);
        LabLink cable = bed.lab().link(gateway, host);
        gateway.bridge(BRIDGE, cable.first());
        cable.second().address(addresses.split(" "));
        return host;
    }

    @AfterAll
    static void remove() throws LabException {
        bed.close();
    }

    @Test
    void hostsOfTheTwoLansReachEachOther() throws LabException {
        Pings.assertAnswered(office, "10.77.0.2");
        Pings.assertAnswered(office, "fd77::2");
        Pings.assertAnswered(branch, "10.77.0.1");
        Pings.assertAnswered(branch, "fd77::1");
    }

    @Test
    void fullLanFramesPass() throws LabException {
        Pings.assertAnswered(office, "10.77.0.2", LAN_MTU - HEADERS_BYTES);
        Traffic.Transfer transfer = Traffic.transfer(office, branch, "10.77.0.2", 20_000_000, 42, LIMIT);
        assertThat(transfer.bytes()).isEqualTo(20_000_000);
        assertThat(transfer.isIntact()).isTrue();
    }

    @Test
    void aHostGetsItsAddressByDhcpFromTheOtherLan() throws IOException {
        String serve = "dnsmasq --keep-in-foreground --log-facility=- --conf-file=/dev/null --user=root --pid-file="
                + " --port=0 --bind-interfaces --interface=eth0 --dhcp-authoritative"
                + " --dhcp-range=10.77.0.50,10.77.0.60,255.255.255.0,1h --dhcp-leasefile=";
        LabProcess server = office.start((serve + bed.folder().resolve("leases")).split(" "));
        server.awaitLine("IP range", LIMIT);
        LabHost guest = bed.lab().host("guest");
        LabLink cable = bed.lab().link(right, guest);
        right.ip("link", "set", cable.first().name(), "master", BRIDGE);

        String lease = "udhcpc -i eth0 -n -q -f -t 5 -T 1 -s " + leaseScript();
        guest.run(lease.split(" ")).orThrow();

        assertThat(guest.ip("-oneline", "address", "show", "dev", "eth0").output())
                .containsPattern("inet 10\\.77\\.0\\.(5\\d|60)/24");
        Pings.assertAnswered(guest, "10.77.0.1");
        server.stop();
    }

    /** The one of the distribution would rewrite the resolv.conf of this machine. */
    private static Path leaseScript() throws IOException {
        Path script = Files.writeString(bed.folder().resolve("lease"), """
                #!/bin/sh
                [ "$1" != bound ] || ip address add "$ip/$mask" dev "$interface"
                """);
        return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    }

    @ParameterizedTest
    @ValueSource(ints = {VlanPort.TYPE_802_1Q, VlanPort.TYPE_802_1AD})
    void taggedFramesPassWithTheirTag(int type) throws LabException {
        LabHost one = bed.lab().host("left-%x".formatted(type));
        LabHost other = bed.lab().host("right-%x".formatted(type));
        VlanPort.Tag tag = new VlanPort.Tag(type, 4094);
        try (VlanPort near = VlanPort.open(one, "10.5.0.1/24", left, BRIDGE, LAN_MTU, tag);
                VlanPort far = VlanPort.open(other, "10.5.0.2/24", right, BRIDGE, LAN_MTU, tag)) {
            Pings.assertAnswered(one, "10.5.0.2");
            Pings.assertAnswered(other, "10.5.0.1", LAN_MTU - HEADERS_BYTES);
            assertThat(Traffic.transfer(one, other, "10.5.0.2", 2_000_000, 42, LIMIT)
                            .isIntact())
                    .isTrue();
            assertThat(near.untaggedFrames()).isPositive();
            assertThat(far.untaggedFrames()).isPositive();
        }
    }

    @Test
    void stationsOfDifferentVlansAreStrangers() throws LabException {
        LabHost one = bed.lab().host("left-strange");
        LabHost other = bed.lab().host("right-strange");
        try (VlanPort near = VlanPort.open(
                        one, "10.5.0.1/24", left, BRIDGE, LAN_MTU, new VlanPort.Tag(VlanPort.TYPE_802_1Q, 6));
                VlanPort far = VlanPort.open(
                        other, "10.5.0.2/24", right, BRIDGE, LAN_MTU, new VlanPort.Tag(VlanPort.TYPE_802_1Q, 7))) {
            assertThat(one.run("ping", "-n", "-q", "-c", "1", "-W", "1", "10.5.0.2")
                            .succeeded())
                    .isFalse();
            assertThat(near.untaggedFrames() + far.untaggedFrames()).isZero();
        }
    }
}
