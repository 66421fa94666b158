package dev.culvert.it.tap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.device.TapOffload;
import dev.culvert.lab.CulvertProcess;
import dev.culvert.lab.LabException;
import dev.culvert.lab.LabHost;
import dev.culvert.lab.Traffic;
import dev.culvert.metrics.CounterId;
import dev.culvert.testkit.RequiresRoot;
import dev.culvert.tunnel.TunnelStatus;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * With offloads and without, at either end, the far kernel gets the same bytes: only the number of system calls differs.
 *
 * <pre>
 *  left  culvert0 10.99.0.1 fd99::1 === tunnel === 10.99.0.2 fd99::2 culvert0  right
 *        eth0     192.0.2.1 ----------- veth ----------- 192.0.2.2   eth0
 * </pre>
 */
@RequiresRoot
final class OffloadIT {
    private static final Duration TRANSFER_LIMIT = Duration.ofSeconds(30);
    private static final long TRANSFER_BYTES = 50_000_001;
    private static final int DATAGRAMS = 40;
    /** What the kernels gave, and what one tunnel makes of it for the other, is sound. */
    private static final String[] NEVER = {
        CounterId.OUTBOUND_MALFORMED.text(),
        CounterId.PAYLOAD_MALFORMED.text(),
        CounterId.CHECKSUM_NOT_PARTIAL.text(),
        CounterId.TAP_WRITE_REFUSED.text()
    };
    /** Of MSS size, in one direction: what a transfer is at the least. */
    private static final long FRAMES_A_TRANSFER = TRANSFER_BYTES / 1400;

    /** What is switched on at one end. */
    enum Offloads {
        ALL(true, true),
        TAP(true, false),
        UDP(false, true),
        NONE(false, false);

        private final boolean tap;
        private final boolean udp;

        Offloads(boolean tap, boolean udp) {
            this.tap = tap;
            this.udp = udp;
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ALL,  ALL,  the default",
        "NONE, NONE, what any kernel can do",
        "ALL,  NONE, one end has to complete checksums and the other gets frames that cannot be joined",
        "UDP,  UDP,  batches of single frames",
        "TAP,  TAP,  super-frames from single datagrams",
        "TAP,  UDP,  nothing in common",
    })
    void bytesArriveAsTheyLeft(Offloads left, Offloads right, String because) throws IOException {
        try (TestBed bed = TestBed.open()) {
            LabHost leftHost = bed.lab().host("left");
            LabHost rightHost = bed.lab().host("right");
            bed.lab().link(leftHost, "192.0.2.1/24", rightHost, "192.0.2.2/24");
            TunnelEnd one = TunnelEnd.numbered(1, leftHost).offload(left.tap, left.udp);
            TunnelEnd other = TunnelEnd.numbered(2, rightHost).offload(right.tap, right.udp);
            List<CulvertProcess> tunnels = bed.up(one.peerAt("192.0.2.2", other), other.peerAt("192.0.2.1", one));
            bed.awaitSessions();

            assertTcpIntact(one, other);
            assertTcpIntact(other, one);
            TunnelStatus leftStatus = TestBed.assertBalanced(tunnels.getFirst());
            TunnelStatus rightStatus = TestBed.assertBalanced(tunnels.getLast());
            assertUdpIntact(one, other);
            assertUdpIntact(other, one);
            for (CulvertProcess tunnel : tunnels) {
                assertThat(TestBed.assertBalanced(tunnel).drops()).doesNotContainKeys(NEVER);
            }

            boolean bothTap = left.tap && right.tap;
            assertCalls(left, bothTap, leftStatus);
            assertCalls(right, bothTap, rightStatus);
        }
    }

    private static void assertTcpIntact(TunnelEnd from, TunnelEnd to) throws LabException {
        for (String address : List.of(to.inner4(), to.inner6())) {
            Traffic.Transfer transfer =
                    Traffic.transfer(from.host(), to.host(), address, TRANSFER_BYTES, 42, TRANSFER_LIMIT);
            assertThat(transfer.bytes()).as("bytes to %s", address).isEqualTo(TRANSFER_BYTES);
            assertThat(transfer.isIntact())
                    .as("hashes to %s are equal", address)
                    .isTrue();
        }
    }

    /** Of odd lengths, of nearly a frame, and of such that the kernel sends in IP fragments. */
    private static void assertUdpIntact(TunnelEnd from, TunnelEnd to) throws IOException {
        try (UdpEcho echo = UdpEcho.open(to.host())) {
            for (String address : List.of(to.inner4(), to.inner6())) {
                for (int bytes : List.of(1, 17, 1400, 8_000)) {
                    echo.assertEchoes(from.host(), address, bytes, DATAGRAMS);
                }
            }
        }
    }

    /** After two transfers each way. */
    private static void assertCalls(Offloads own, boolean bothTap, TunnelStatus status) {
        assertThat(status.counter(CounterId.TAP_WRITTEN)).isGreaterThan(2 * FRAMES_A_TRANSFER);
        if (own.tap) {
            assertThat(status.counter(CounterId.SUPER_FRAMES_READ)).isPositive();
            assertThat(status.counter(CounterId.TAP_READ_CALLS))
                    .as("calls to read %d frames", status.counter(CounterId.COPIES_SEALED))
                    .isLessThan(status.counter(CounterId.COPIES_SEALED) / 4);
        } else {
            assertThat(status.counter(CounterId.SUPER_FRAMES_READ)).isZero();
            assertThat(status.counter(CounterId.SUPER_FRAMES_WRITTEN)).isZero();
        }
        if (bothTap) {
            assertThat(status.counter(CounterId.SUPER_FRAMES_WRITTEN)).isPositive();
            assertThat(status.counter(CounterId.TAP_WRITE_CALLS))
                    .as("calls to write %d frames", status.counter(CounterId.TAP_WRITTEN))
                    .isLessThan(status.counter(CounterId.TAP_WRITTEN) / 4);
        }
        assertSaid(own, status);
    }

    private static void assertSaid(Offloads own, TunnelStatus status) {
        if (own.tap) {
            assertThat(status.offloads()).startsWith(TapOffload.CSUM.text() + ", " + TapOffload.TSO4.text());
            for (TapOffload offload : TapOffload.values()) { // granted, or refused with a reason
                assertThat(status.offloads())
                        .containsPattern("(^|, )(%1$s(,|$)|no %1$s \\([^)]+\\))".formatted(offload.text()));
            }
        } else {
            assertThat(status.offloads()).contains("tap = false");
        }
        if (own.udp) {
            assertThat(status.ioBackend()).contains("UDP_SEGMENT", "UDP_GRO");
        } else {
            assertThat(status.ioBackend())
                    .contains("UDP offload is switched off")
                    .doesNotContain("UDP_SEGMENT", "UDP_GRO");
        }
    }
}
