package dev.culvert.bench.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.culvert.bench.contest.Carried;
import dev.culvert.bench.contest.Generator;
import dev.culvert.bench.contest.Subject;
import dev.culvert.bench.contest.Workload;
import dev.culvert.lab.Lab;
import dev.culvert.lab.LabException;
import dev.culvert.lab.LabHost;
import dev.culvert.lab.LabLink;
import dev.culvert.testkit.RequiresRoot;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Topology: left eth0 10.9.0.1 -- veth -- 10.9.0.2 eth0 right. */
@RequiresRoot
final class OwnGeneratorTest {
    private static final Duration LENGTH = Duration.ofMillis(400);
    private static final Subject CABLE = new Cable();

    private Lab lab;
    private LabLink link;
    private Generator generator;

    @BeforeEach
    void build() throws LabException {
        lab = Lab.open();
        LabHost left = lab.host("left");
        LabHost right = lab.host("right");
        link = lab.link(left, "10.9.0.1/24", right, "10.9.0.2/24");
        generator = new OwnGenerator(left, right);
    }

    @AfterEach
    void remove() throws LabException {
        lab.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void sendsTcpTheWayItIsAsked(boolean reverse) throws IOException {
        long receivedBefore = received(reverse);
        Carried carried = run(new Workload.TcpStreams(2, reverse));

        assertThat(carried.payloadBytes()).isPositive();
        assertThat(received(reverse) - receivedBefore)
                .isGreaterThan(carried.payloadBytes()); // and headers, and the ramp
    }

    /** By the device of the receiving host. */
    private long received(boolean reverse) throws LabException {
        LabHost receiver = reverse ? link.first().host() : link.second().host();
        return Long.parseLong(receiver.run("cat", "/sys/class/net/eth0/statistics/rx_bytes")
                .orThrow()
                .output()
                .strip());
    }

    @Test
    void offersUdpAtARateAndLosesNothingOnACable() throws IOException {
        Carried carried = run(new Workload.UdpRate(64, 5_000));

        double perSecond = carried.sentPackets() * 1e9 / carried.nanos();
        assertThat(perSecond).isBetween(1_000.0, 5_500.0); // a busy machine may let us send fewer, never more
        assertThat(carried.arrivedPackets()).isEqualTo(carried.sentPackets());
        assertThat(carried.latePackets()).isZero();
        assertThat(carried.payloadBytes()).isEqualTo(64 * carried.arrivedPackets());
    }

    @Test
    void countsWhatIsLost() throws IOException {
        // every fourth datagram of UDP is dropped by the receiving host
        LabHost right = link.second().host();
        right.run(
                        "nft",
                        "add table ip t; add chain ip t in { type filter hook input priority 0; };"
                                + " add rule ip t in ip protocol udp numgen inc mod 4 0 drop")
                .orThrow();
        Carried carried = run(new Workload.UdpRate(100, 4_000));

        assertThat(carried.lossPercent()).isCloseTo(25.0, within(1.0));
    }

    @Test
    void timesRoundTrips() throws IOException {
        Carried carried = run(new Workload.RequestResponse(64));

        var roundTrips = carried.roundTrips().orElseThrow();
        assertThat(roundTrips.getTotalCount()).isGreaterThan(100);
        assertThat(carried.arrivedPackets()).isCloseTo(roundTrips.getTotalCount(), within(1L));
        // One at a time: together they cannot have taken longer than the whole.
        assertThat(roundTrips.getMean() * roundTrips.getTotalCount()).isLessThan(carried.nanos() * 1.05);
        assertThat(roundTrips.getValueAtPercentile(50)).isBetween(2_000L, 20_000_000L);
    }

    @Test
    void aCutCableIsAFaultAndNoZero() throws LabException {
        link.cut();
        assertThatThrownBy(() -> run(new Workload.TcpStreams(1, false)))
                .isInstanceOf(LabException.class)
                .hasMessageContaining("10.9.0.2");
    }

    @Test
    void opensAndClosesTheWindowOnce() throws IOException {
        for (Workload workload : List.of(
                new Workload.TcpStreams(1, false), new Workload.UdpRate(64, 1000), new Workload.RequestResponse(64))) {
            StringBuilder seen = new StringBuilder();
            Carried carried = generator.run(CABLE, workload, LENGTH, new Generator.Window() {
                @Override
                public void opens() {
                    seen.append("open ");
                }

                @Override
                public void closes() {
                    seen.append("closed");
                }
            });
            assertThat(seen).as(workload.id()).hasToString("open closed");
            assertThat(carried.nanos()).isGreaterThanOrEqualTo(LENGTH.toNanos());
        }
    }

    private Carried run(Workload workload) throws IOException {
        return generator.run(CABLE, workload, LENGTH, new NoWindow());
    }

    private static final class NoWindow implements Generator.Window {
        @Override
        public void opens() {}

        @Override
        public void closes() {}
    }

    private static final class Cable implements Subject {
        @Override
        public String name() {
            return "cable";
        }

        @Override
        public String firstAddress() {
            return "10.9.0.1";
        }

        @Override
        public String secondAddress() {
            return "10.9.0.2";
        }

        @Override
        public List<ProcessHandle> processes() {
            return List.of();
        }

        @Override
        public int mtu() {
            return 1500;
        }
    }
}
