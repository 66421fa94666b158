package dev.culvert.it.tap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.bench.machine.SystemCallCount;
import dev.culvert.lab.CulvertProcess;
import dev.culvert.lab.LabException;
import dev.culvert.lab.LabHost;
import dev.culvert.lab.Traffic;
import dev.culvert.metrics.CounterId;
import dev.culvert.testkit.RequiresRoot;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The system calls that a tunnel counts are those that the kernel counts. The kernel counts the whole process; what a
 * Java virtual machine does besides is little while there is traffic.
 */
@RequiresRoot
final class CrossingCountersIT {
    private static final Duration STREAM = Duration.ofSeconds(4);
    private static final Percentage TOLERANCE = Percentage.withPercentage(5);
    private static final List<CounterId> CALLS = List.of(
            CounterId.TAP_READ_CALLS,
            CounterId.TAP_WRITE_CALLS,
            CounterId.UDP_SEND_CALLS,
            CounterId.UDP_RECEIVE_CALLS,
            CounterId.LOOP_WAIT_CALLS);

    @ParameterizedTest(name = "outer MTU {0}, offloads of the veth {1}")
    @CsvSource({"1500, on", "1500, off"})
    void agreeWithTheKernel(int mtu, String offloads) throws IOException {
        try (TestBed bed = TestBed.open(SystemCallCount.PROGRAM, "ethtool")) {
            LabHost left = bed.lab().host("left");
            LabHost right = bed.lab().host("right");
            bed.lab().link(left, "192.0.2.1/24", right, "192.0.2.2/24");
            for (LabHost host : List.of(left, right)) {
                host.ip("link", "set", "eth0", "mtu", String.valueOf(mtu));
                host.run("ethtool", "-K", "eth0", "gso", offloads, "gro", offloads, "tx-udp-segmentation", offloads)
                        .orThrow();
            }
            TunnelEnd one = TunnelEnd.numbered(1, left);
            TunnelEnd other = TunnelEnd.numbered(2, right);
            one.peerAt("192.0.2.2", other);
            other.peerAt("192.0.2.1", one);
            List<CulvertProcess> tunnels = bed.up(one, other);
            bed.awaitSessions();
            Traffic.gbitPerSecond(left, right, other.inner4(), STREAM); // the compilers' calls are over by then

            assertAgree(tunnels, () -> Traffic.gbitPerSecond(left, right, other.inner4(), STREAM));
        }
    }

    /** Something that goes through the tunnels. */
    private interface Load {
        void run() throws LabException;
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
                long ours = sum(after.get(end)) - sum(before.get(end));
                assertThat(ours)
                        .as(
                                "system calls of %s by its own count, %s from %s to %s",
                                tunnels.get(end).host(), CALLS, before.get(end), after.get(end))
                        .isCloseTo(kernel.get(end).result(), TOLERANCE);
            }
        } finally {
            kernel.forEach(SystemCallCount::close);
        }
    }

    private static List<List<Long>> calls(List<CulvertProcess> tunnels) throws LabException {
        List<List<Long>> calls = new ArrayList<>();
        for (CulvertProcess tunnel : tunnels) {
            var status = tunnel.status();
            calls.add(CALLS.stream().map(status::counter).toList());
        }
        return calls;
    }

    private static long sum(List<Long> counts) {
        return counts.stream().mapToLong(Long::longValue).sum();
    }
}
