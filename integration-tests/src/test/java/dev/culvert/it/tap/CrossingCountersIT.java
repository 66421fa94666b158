package dev.culvert.it.tap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.culvert.bench.contest.Generator;
import dev.culvert.bench.contest.Subject;
import dev.culvert.bench.contest.Workload;
import dev.culvert.bench.machine.SystemCallCount;
import dev.culvert.bench.traffic.OwnGenerator;
import dev.culvert.lab.CulvertProcess;
import dev.culvert.lab.LabException;
import dev.culvert.lab.LabHost;
import dev.culvert.metrics.CounterId;
import dev.culvert.testkit.RequiresRoot;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The system calls that a tunnel counts are those that the kernel counts. The kernel counts the whole process; what a
 * Java virtual machine does besides is little while there is traffic.
 */
@RequiresRoot
final class CrossingCountersIT {
    private static final Duration LENGTH = Duration.ofSeconds(4);
    private static final Percentage TOLERANCE = Percentage.withPercentage(5);

    static Stream<Arguments> loads() {
        Workload stream = new Workload.TcpStreams(1, false);
        Workload flood = new Workload.UdpRate(64, 0);
        return Stream.of(arguments(stream, "on"), arguments(stream, "off"), arguments(flood, "on"));
    }

    @ParameterizedTest(name = "{0}, offloads of the veth {1}")
    @MethodSource("loads")
    void agreeWithTheKernel(Workload load, String offloads) throws IOException {
        try (TestBed bed = TestBed.open(SystemCallCount.PROGRAM, "ethtool")) {
            LabHost left = bed.lab().host("left");
            LabHost right = bed.lab().host("right");
            bed.lab().link(left, "192.0.2.1/24", right, "192.0.2.2/24").offloads(offloads.equals("on"));
            TunnelEnd one = TunnelEnd.numbered(1, left);
            TunnelEnd other = TunnelEnd.numbered(2, right);
            one.peerAt("192.0.2.2", other);
            other.peerAt("192.0.2.1", one);
            List<CulvertProcess> tunnels = bed.up(one, other);
            bed.awaitSessions();
            Generator generator = new OwnGenerator(left, right);
            Subject subject = new BetweenDevices(one.inner4(), other.inner4());
            generator.run(subject, load, LENGTH, Generator.Window.UNREAD); // the compilers' calls are over by then

            assertAgree(tunnels, () -> generator.run(subject, load, LENGTH, Generator.Window.UNREAD));
        }
    }

    /** Something that goes through the tunnels. */
    private interface Load {
        void run() throws IOException;
    }

    private static void assertAgree(List<CulvertProcess> tunnels, Load load) throws IOException {
        List<SystemCallCount> kernel = new ArrayList<>();
        try {
            for (CulvertProcess tunnel : tunnels) {
                kernel.add(SystemCallCount.of(
                        List.of(ProcessHandle.of(tunnel.process().pid()).orElseThrow())));
            }
            for (SystemCallCount each : kernel) {
                each.enable();
            }
            List<List<Long>> before = calls(tunnels);
            load.run();
            List<List<Long>> after = calls(tunnels);
            for (SystemCallCount each : kernel) {
                each.disable();
            }
            for (int end = 0; end < tunnels.size(); end++) {
                assertThat(sum(after.get(end)) - sum(before.get(end)))
                        .as(
                                "system calls of %s, %s: from %s to %s",
                                tunnels.get(end).host(), CounterId.CROSSINGS, before.get(end), after.get(end))
                        .isCloseTo(kernel.get(end).result().orElseThrow(), TOLERANCE);
            }
        } finally {
            kernel.forEach(SystemCallCount::close);
        }
    }

    private static List<List<Long>> calls(List<CulvertProcess> tunnels) throws LabException {
        List<List<Long>> calls = new ArrayList<>();
        for (CulvertProcess tunnel : tunnels) {
            var status = tunnel.status();
            calls.add(CounterId.CROSSINGS.stream().map(status::counter).toList());
        }
        return calls;
    }

    private static long sum(List<Long> counts) {
        return counts.stream().mapToLong(Long::longValue).sum();
    }
}
