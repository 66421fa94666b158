package dev.culvert.it.tap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.culvert.bench.live.LiveBench;
import dev.culvert.bench.live.LiveSettings;
import dev.culvert.bench.result.Report;
import dev.culvert.bench.result.Section;
import dev.culvert.cli.control.ControlClient;
import dev.culvert.lab.CulvertProcess;
import dev.culvert.lab.LabException;
import dev.culvert.lab.LabHost;
import dev.culvert.testkit.RequiresRoot;
import dev.culvert.tunnel.TunnelStatus;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A running tunnel is measured from one end.
 *
 * <pre>
 *  left                                            right
 *  culvert0 10.99.0.1 ===== tunnel ===== 10.99.0.2 culvert0
 *  eth0     192.0.2.1 ------ veth ------ 192.0.2.2 eth0     (drops what a test wants to be dropped)
 * </pre>
 */
@RequiresRoot
final class BenchLiveIT {
    private static final double CAP_MEGABITS = 20;
    private static final LiveSettings SETTINGS = new LiveSettings(CAP_MEGABITS, 2, Duration.ofMillis(800));

    private static TestBed bed;
    private static LabHost left;
    private static LabHost right;
    private static CulvertProcess tunnel;

    @BeforeAll
    static void build() throws IOException {
        bed = TestBed.open("ping", "nft");
        left = bed.lab().host("left");
        right = bed.lab().host("right");
        bed.lab().link(left, "192.0.2.1/24", right, "192.0.2.2/24");
        TunnelEnd one = TunnelEnd.numbered(1, left);
        TunnelEnd other = TunnelEnd.numbered(2, right);
        one.peerAt("192.0.2.2", other);
        other.peerAt("192.0.2.1", one);
        tunnel = bed.up(one, other).getFirst();
        left.run("ping", "-c", "1", "-W", "5", "10.99.0.2").orThrow(); // the kernel learns its neighbour
        bed.awaitSessions();
    }

    @AfterAll
    static void remove() throws LabException {
        bed.close();
    }

    @Test
    void carriesTheCapWithoutLossFindsTheOnlyPeerByItselfAndChangesNothing() throws IOException {
        String links = left.ip("-oneline", "link", "show").output();
        TunnelStatus before = tunnel.status();
        Report report = measure(Optional.empty());
        assertThat(medianOf(report, "loss", "20 Mbit/s")).isZero();
        assertThat(medianOf(report, "carried", "20 Mbit/s")).isCloseTo(CAP_MEGABITS, within(0.1 * CAP_MEGABITS));
        assertThat(medianOf(report, "carried", "2 Mbit/s")).isCloseTo(2, within(0.2));
        assertThat(medianOf(report, "cpu", "20 Mbit/s")).isBetween(0.5, 500.0);
        assertThat(report.environment().facts()).containsEntry("asked", "10.99.0.2");
        assertThat(report.warnings()).isEmpty();
        assertThat(left.ip("-oneline", "link", "show").output()).isEqualTo(links);
        assertThat(tunnel.status().startedAt()).isEqualTo(before.startedAt());
        assertThat(tunnel.status().drops()).isEqualTo(before.drops());
        Section.Percentiles roundTrip = (Section.Percentiles) section(report, "round-trip");
        assertThat(roundTrip.distributions())
                .hasSize(4)
                .allSatisfy(each -> assertThat(each.percentiles())
                        .extracting(percentile -> percentile.samples().median())
                        .isSorted()
                        .allSatisfy(micros -> assertThat(micros).isBetween(1.0, 1e6)));
    }

    @Test
    void measuresOverIpv6() throws IOException {
        Report report = measure(Optional.of(InetAddress.ofLiteral("fd99::2")));
        assertThat(medianOf(report, "loss", "20 Mbit/s")).isZero();
    }

    @Test
    void seesOneDatagramInFiveLost() throws IOException {
        nft("add table inet lossy");
        nft("add chain inet lossy in { type filter hook input priority 0 ; }");
        nft("add rule inet lossy in udp dport " + TunnelEnd.PORT + " numgen random mod 5 0 drop");
        try {
            Report report = measure(Optional.of(InetAddress.ofLiteral("10.99.0.2")));
            assertThat(medianOf(report, "loss", "20 Mbit/s")).isCloseTo(20, within(4.0));
            assertThat(report.warnings()).singleElement().asString().contains("replies were missing");
        } finally {
            nft("delete table inet lossy");
        }
    }

    @Test
    void anAddressThatDoesNotAnswerIsAClearFailure() {
        assertThatThrownBy(() -> measure(Optional.of(InetAddress.ofLiteral("10.99.0.77"))))
                .hasMessageContaining("10.99.0.77 does not answer")
                .hasMessageContaining("culvert status culvert0");
    }

    private static Report measure(Optional<InetAddress> address) throws LabException {
        LiveBench bench = new LiveBench(
                new ControlClient(left.runDirectory()),
                TunnelEnd.DEVICE,
                SETTINGS,
                (what, done) -> assertThat(done).as(what).isBetween(0.0, 1.0));
        return left.call(() -> bench.run(address));
    }

    private static void nft(String command) throws LabException {
        right.run("nft", command).orThrow();
    }

    private static double medianOf(Report report, String section, String bar) {
        return ((Section.Bars) section(report, section))
                .bars().stream()
                        .filter(each -> each.name().equals(bar))
                        .findFirst()
                        .orElseThrow()
                        .samples()
                        .median();
    }

    private static Section section(Report report, String id) {
        List<Section> sections =
                report.sections().stream().filter(each -> each.id().equals(id)).toList();
        assertThat(sections).as(id).hasSize(1);
        return sections.getFirst();
    }
}
