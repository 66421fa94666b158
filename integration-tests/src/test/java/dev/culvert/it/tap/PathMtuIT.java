package dev.culvert.it.tap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.lab.CulvertProcess;
import dev.culvert.lab.LabException;
import dev.culvert.lab.LabHost;
import dev.culvert.lab.Traffic;
import dev.culvert.metrics.CounterId;
import dev.culvert.testkit.RequiresRoot;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Ethernets of the usual MTU over paths of the same: what can be cut is cut, the rest travels in fragments of our own, and
 * IP never fragments our datagrams.
 *
 * <pre>
 *  left  br0 10.77.0.1 fd77::1 [culvert0] === tunnel === [culvert0] br0 10.77.0.2 fd77::2  right
 *        eth0 ------------------------- veth, MTU 1500 ------------------------- eth0
 * </pre>
 */
@RequiresRoot
final class PathMtuIT {
    private static final String BRIDGE = "br0";
    private static final int MTU = 1500;
    private static final int FULL_PING4 = MTU - 20 - 8;
    private static final int FULL_PING6 = MTU - 40 - 8;
    private static final long TRANSFER_BYTES = 20_000_001;
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** What carries the tunnel. */
    enum Underlay {
        IPV4("192.0.2.1", "192.0.2.2", 24),
        IPV6("2001:db8::1", "2001:db8::2", 64);

        private final String left;
        private final String right;
        private final int prefix;

        Underlay(String left, String right, int prefix) {
            this.left = left;
            this.right = right;
            this.prefix = prefix;
        }

        String endpoint(String address) {
            return this == IPV4 ? address : "[" + address + "]";
        }
    }

    private record Pair(LabHost left, LabHost right, CulvertProcess leftTunnel, CulvertProcess rightTunnel) {
        long fragmented() throws LabException {
            return leftTunnel.status().counter(CounterId.FRAMES_FRAGMENTED)
                    + rightTunnel.status().counter(CounterId.FRAMES_FRAGMENTED);
        }
    }

    private static TestBed bed;
    private static final Map<Underlay, Pair> PAIRS = new EnumMap<>(Underlay.class);

    @BeforeAll
    static void build() throws IOException {
        bed = TestBed.open("ping");
        PAIRS.clear();
        List<TunnelEnd> ends = new ArrayList<>();
        for (Underlay underlay : Underlay.values()) {
            ends.addAll(ends(underlay));
        }
        List<CulvertProcess> tunnels = bed.up(ends.toArray(TunnelEnd[]::new));
        for (Underlay underlay : Underlay.values()) {
            CulvertProcess left = tunnels.get(2 * underlay.ordinal());
            CulvertProcess right = tunnels.get(2 * underlay.ordinal() + 1);
            PAIRS.put(underlay, new Pair(left.host(), right.host(), left, right));
        }
        bed.awaitSessions();
    }

    private static List<TunnelEnd> ends(Underlay underlay) throws LabException {
        LabHost left = bridge("left-" + underlay, "10.77.0.1/24", "fd77::1/64");
        LabHost right = bridge("right-" + underlay, "10.77.0.2/24", "fd77::2/64");
        String format = "%s/" + underlay.prefix;
        bed.lab().link(left, format.formatted(underlay.left), right, format.formatted(underlay.right));
        TunnelEnd one = TunnelEnd.bridged(left, BRIDGE).with("mtu = " + MTU);
        TunnelEnd other = TunnelEnd.bridged(right, BRIDGE).with("mtu = " + MTU);
        one.peerAt(underlay.endpoint(underlay.right), other);
        other.peerAt(underlay.endpoint(underlay.left), one);
        return List.of(one, other);
    }

    private static LabHost bridge(String name, String... addresses) throws LabException {
        LabHost host = bed.lab().host(name);
        host.bridge(BRIDGE).address(addresses);
        return host;
    }

    private static Pair over(Underlay underlay) {
        return Objects.requireNonNull(PAIRS.get(underlay));
    }

    @AfterAll
    static void remove() throws LabException {
        bed.close();
    }

    @AfterEach
    void ipFragmentsNothing() throws LabException {
        for (Pair pair : PAIRS.values()) {
            for (LabHost host : List.of(pair.left, pair.right)) {
                assertThat(ipv4Counter(host, "FragCreates"))
                        .as("IPv4 fragments made by %s", host)
                        .isZero();
                assertThat(ipv4Counter(host, "ReasmReqds"))
                        .as("IPv4 fragments that came to %s", host)
                        .isZero();
                assertThat(ipv6Counter(host, "Ip6FragCreates"))
                        .as("IPv6 fragments made by %s", host)
                        .isZero();
                assertThat(ipv6Counter(host, "Ip6ReasmReqds"))
                        .as("IPv6 fragments that came to %s", host)
                        .isZero();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void pingsAsLongAsTheMtuPassInFragmentsOfOurOwn(Underlay underlay) throws LabException {
        Pair pair = over(underlay);
        Pings.assertAnswered(pair.left, "10.77.0.2");
        long before = pair.fragmented();
        Pings.assertAnswered(pair.left, "10.77.0.2", FULL_PING4);
        Pings.assertAnswered(pair.right, "10.77.0.1", FULL_PING4);
        Pings.assertAnswered(pair.left, "fd77::2", FULL_PING6);
        Pings.assertAnswered(pair.right, "fd77::1", FULL_PING6);
        assertThat(pair.fragmented() - before)
                .as("three requests and three answers, four times")
                .isEqualTo(24);
    }

    @ParameterizedTest
    @EnumSource
    void tcpIsCutToThePathAndNeverFragmented(Underlay underlay) throws LabException {
        Pair pair = over(underlay);
        long before = pair.fragmented();
        assertTcpIntact(pair.left, pair.right, "10.77.0.2");
        assertTcpIntact(pair.left, pair.right, "fd77::2");
        assertTcpIntact(pair.right, pair.left, "10.77.0.1");
        assertTcpIntact(pair.right, pair.left, "fd77::1");
        assertThat(pair.fragmented()).isEqualTo(before);
    }

    /** A station whose kernel cuts TCP itself, to an MTU that does not fit the path, and whose frames have a tag on top. */
    @ParameterizedTest
    @EnumSource
    void taggedFramesOfFullLengthPass(Underlay underlay) throws LabException {
        Pair pair = over(underlay);
        LabHost one = bed.lab().host("one-" + underlay);
        LabHost other = bed.lab().host("other-" + underlay);
        VlanPort.Tag tag = new VlanPort.Tag(VlanPort.TYPE_802_1AD, 7);
        try (VlanPort near = VlanPort.open(one, "10.5.0.1/24", pair.left, BRIDGE, MTU, tag);
                VlanPort far = VlanPort.open(other, "10.5.0.2/24", pair.right, BRIDGE, MTU, tag)) {
            long before = pair.fragmented();
            Pings.assertAnswered(one, "10.5.0.2", FULL_PING4);
            Pings.assertAnswered(other, "10.5.0.1", FULL_PING4);
            assertTcpIntact(one, other, "10.5.0.2");
            assertTcpIntact(other, one, "10.5.0.1");
            assertThat(pair.fragmented()).isGreaterThan(before);
            assertThat(near.untaggedFrames()).isPositive();
            assertThat(far.untaggedFrames()).isPositive();
        }
    }

    private static void assertTcpIntact(LabHost from, LabHost to, String address) throws LabException {
        Traffic.Transfer transfer = Traffic.transfer(from, to, address, TRANSFER_BYTES, 42, LIMIT);
        assertThat(transfer.bytes()).isEqualTo(TRANSFER_BYTES);
        assertThat(transfer.isIntact())
                .as("hashes from %s to %s are equal", from, address)
                .isTrue();
    }

    /** From the two lines "Ip:" of {@code /proc/net/snmp}: names, then values. */
    private static long ipv4Counter(LabHost host, String name) throws LabException {
        List<String[]> lines = host.run("cat", "/proc/net/snmp")
                .orThrow()
                .output()
                .lines()
                .filter(line -> line.startsWith("Ip: "))
                .map(line -> line.split(" "))
                .toList();
        int column = Arrays.asList(lines.getFirst()).indexOf(name);
        return Long.parseLong(lines.getLast()[column]);
    }

    private static long ipv6Counter(LabHost host, String name) throws LabException {
        Matcher value = Pattern.compile(name + "\\s+(\\d+)")
                .matcher(host.run("cat", "/proc/net/snmp6").orThrow().output());
        assertThat(value.find()).as(name).isTrue();
        return Long.parseLong(value.group(1));
    }
}
