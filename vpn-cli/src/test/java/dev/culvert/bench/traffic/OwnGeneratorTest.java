package dev.culvert.bench.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.culvert.bench.contest.Carried;
import dev.culvert.bench.contest.Generator;
import dev.culvert.bench.contest.Subject;
import dev.culvert.bench.contest.Workload;
import dev.culvert.lab.CommandResult;
import dev.culvert.lab.Lab;
import dev.culvert.lab.LabException;
import dev.culvert.lab.LabHost;
import dev.culvert.lab.LabLink;
import dev.culvert.lab.TcpPair;
import dev.culvert.testkit.RequiresRoot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
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
    private static final List<Workload> WORKLOADS = List.of(
            new Workload.TcpStreams(1, false), new Workload.UdpRate(64, 2000), new Workload.RequestResponse(64));

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
        LabHost receiver = reverse ? link.first().host() : link.second().host();
        long receivedBefore = receivedBytes(receiver);
        Carried carried = run(new Workload.TcpStreams(2, reverse));

        assertThat(carried.payloadBytes()).isPositive();
        assertThat(receivedBytes(receiver) - receivedBefore)
                .isGreaterThan(carried.payloadBytes()); // and headers, and the ramp
    }

    /** By its device. */
    private static long receivedBytes(LabHost host) throws LabException {
        return Long.parseLong(host.run("cat", "/sys/class/net/eth0/statistics/rx_bytes")
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
    void aRequestThatGetsStuckCountsAlthoughItsAnswerComesLate() throws Exception {
        LabHost right = link.second().host();
        right.run("nft", "add table ip t; add chain ip t in { type filter hook input priority 0; }")
                .orThrow();
        Carried carried = generator.run(CABLE, new Workload.RequestResponse(64), LENGTH, new Generator.Window() {
            private CompletableFuture<?> cut = new CompletableFuture<>();

            @Override
            public void opens() {
                Executor soon = CompletableFuture.delayedExecutor(LENGTH.toMillis() / 4, TimeUnit.MILLISECONDS);
                cut = CompletableFuture.supplyAsync(() -> nft(right, "add rule ip t in ip protocol udp drop"), soon);
            }

            @Override
            public void closes() {
                cut.join();
                var _ = nft(right, "delete table ip t");
            }
        });

        Histogram roundTrips = carried.roundTrips().orElseThrow();
        assertThat(roundTrips.getTotalCount()).isGreaterThan(1);
        assertThat(roundTrips.getMaxValue()).isGreaterThan(LENGTH.toNanos() / 2);
    }

    private static CommandResult nft(LabHost host, String command) {
        try {
            return host.run("nft", command).orThrow();
        } catch (LabException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aCutCableIsAFaultAndNoZero() throws LabException {
        link.cut();
        for (Workload workload : WORKLOADS) {
            assertThatThrownBy(() -> run(workload)).as(workload.id()).isInstanceOf(LabException.class);
        }
    }

    @Test
    void keepsNoSocketThatItCouldNotUse() throws IOException {
        LabHost left = link.first().host();
        LabHost right = link.second().host();
        String nobodys = "10.9.0.77";
        long before = openFiles();
        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(() -> UdpPair.open(left, "10.9.0.1", right, nobodys))
                    .hasMessageContaining(nobodys);
            assertThatThrownBy(() -> TcpPair.open(left, right, nobodys)).hasMessageContaining(nobodys);
        }
        assertThat(openFiles()).isLessThan(before + 10);
    }

    private static long openFiles() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
            return files.count();
        }
    }

    @Test
    void opensAndClosesTheWindowOnceWhileTheTrafficFlows() throws IOException {
        LabHost right = link.second().host();
        for (Workload workload : WORKLOADS) {
            StringBuilder seen = new StringBuilder();
            Carried carried = generator.run(CABLE, workload, LENGTH, new Generator.Window() {
                @Override
                public void opens() throws IOException {
                    assertFlows();
                    seen.append("open ");
                }

                @Override
                public void closes() throws IOException {
                    assertFlows();
                    seen.append("closed");
                }

                private void assertFlows() throws IOException {
                    long before = receivedBytes(right);
                    long after = receivedBytes(right); // a program is started to ask: that takes milliseconds
                    assertThat(after - before)
                            .as(workload.id() + " after " + seen)
                            .isGreaterThan(100);
                }
            });
            assertThat(generator.flowsBeyondWindow(workload)).isTrue();
            assertThat(seen).as(workload.id()).hasToString("open closed");
            assertThat(carried.nanos()).isGreaterThanOrEqualTo(LENGTH.toNanos());
        }
    }

    private Carried run(Workload workload) throws IOException {
        return generator.run(CABLE, workload, LENGTH, Generator.Window.UNREAD);
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
