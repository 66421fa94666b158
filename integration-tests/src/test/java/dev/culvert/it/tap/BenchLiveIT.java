package dev.culvert.it.tap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.culvert.bench.Progress;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
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
    private static final Duration STRETCH = Duration.ofMillis(800);
    private static final LiveSettings SETTINGS = new LiveSettings(CAP_MEGABITS, 2, STRETCH);
    private static final InetAddress FAR = InetAddress.ofLiteral("10.99.0.2");

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private static TestBed bed;
    private static LabHost left;
    private static LabHost right;
    private static TunnelEnd one;
    private static CulvertProcess tunnel;

    @BeforeAll
    static void build() throws IOException {
        bed = TestBed.open("ping", "nft");
        left = bed.lab().host("left");
        right = bed.lab().host("right");
        bed.lab().link(left, "192.0.2.1/24", right, "192.0.2.2/24");
        one = TunnelEnd.numbered(1, left);
        TunnelEnd other = TunnelEnd.numbered(2, right);
        one.peerAt("192.0.2.2", other);
        other.peerAt("192.0.2.1", one);
        tunnel = bed.up(one, other).getFirst();
        meet();
    }

    private static void meet() throws LabException {
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
        Report report = measureWhile("udp dport " + TunnelEnd.PORT + " numgen random mod 5 0 drop");
        assertThat(medianOf(report, "loss", "20 Mbit/s")).isCloseTo(20, within(4.0));
        assertThat(report.warnings()).singleElement().asString().contains("replies were missing");
    }

    @Test
    void survivesIcmpErrorsAndTellsOfThem() throws IOException {
        Report report =
                measureWhile("icmp type echo-request numgen random mod 5 0 reject with icmp type admin-prohibited");
        assertThat(medianOf(report, "loss", "20 Mbit/s")).isCloseTo(20, within(4.0));
        assertThat(report.warnings())
                .hasSize(2)
                .anySatisfy(each -> assertThat(each).contains("replies were missing"))
                .anySatisfy(each ->
                        assertThat(each).contains("requests were refused, by this machine or by an ICMP error: EHOST"));
    }

    /** What is measured while the right host's firewall has a rule. */
    private static Report measureWhile(String rule) throws LabException {
        nft("add table inet lossy");
        nft("add chain inet lossy in { type filter hook input priority 0 ; }");
        nft("add rule inet lossy in " + rule);
        try {
            return measure(Optional.of(FAR));
        } finally {
            nft("delete table inet lossy");
        }
    }

    @Test
    void aRestartOfTheTunnelEndsTheRunAndWholeRoundsAreKept() throws Exception {
        LiveBench.Outcome outcome = measureAndInterfereWith("round 2 of 3", () -> {
            bed.kill(tunnel);
            tunnel = bed.up(one).getFirst();
            meet();
        });
        assertThat(outcome.isWhole()).isFalse();
        assertThat(outcome.report().warnings())
                .containsExactly("ended in round 2 of 3, and only what was measured before it counts:"
                        + " culvert0: was restarted meanwhile: measure again");
        assertThat(medianOf(outcome.report(), "loss", "20 Mbit/s")).isZero();
        assertThat(outcome.report().stealPercent().rounds()).hasSize(1);
    }

    @Test
    void aTunnelThatEndsInTheFirstRoundIsAClearFailure() throws Exception {
        assertThatThrownBy(() -> measureAndInterfereWith("round 1 of 3: 2 Mbit/s", () -> bed.kill(tunnel)))
                .hasMessageContaining("culvert0: not running");
        tunnel = bed.up(one).getFirst();
        meet();
    }

    private interface Interference {
        void run() throws IOException;
    }

    /** Between two measurements, by a thread of the machine's own network: programs it starts belong to nobody's host. */
    private static LiveBench.Outcome measureAndInterfereWith(String step, Interference interference) throws Exception {
        CountDownLatch reached = new CountDownLatch(1);
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        FutureTask<LiveBench.Outcome> measured =
                new FutureTask<>(() -> run(Optional.of(FAR), new LiveSettings(CAP_MEGABITS, 3, STRETCH), (what, _) -> {
                    if (what.startsWith(step) && reached.getCount() > 0) {
                        reached.countDown();
                        boolean _ = done.join();
                    }
                }));
        Thread thread = Thread.ofPlatform().name("bench-live").start(measured);
        try {
            assertThat(reached.await(LIMIT.toSeconds(), TimeUnit.SECONDS))
                    .as(step)
                    .isTrue();
            interference.run();
        } finally {
            done.complete(true);
            thread.join();
        }
        try {
            return measured.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException failed ? failed : e;
        }
    }

    @Test
    void anAddressOfThisHostIsRefused() {
        assertThatThrownBy(() -> measure(Optional.of(InetAddress.ofLiteral("10.99.0.1"))))
                .hasMessageContaining("10.99.0.1 is an address of this host");
    }

    @Test
    void anAddressWithoutARouteIntoTheTunnelIsRefused() {
        assertThatThrownBy(() -> measure(Optional.of(InetAddress.ofLiteral("2001:db8::1"))))
                .hasMessageContaining("2001:db8:0:0:0:0:0:1 through culvert0")
                .hasMessageContaining("is there a route");
        // one of IPv4 the kernel takes to be on the tunnel's link, so it is asked, and found not to answer
        assertThatThrownBy(() -> measure(Optional.of(InetAddress.ofLiteral("172.16.0.1"))))
                .hasMessageContaining("172.16.0.1 does not answer")
                .hasMessageContaining("the address is not behind a peer");
    }

    @Test
    void anAddressThatDoesNotAnswerIsAClearFailure() {
        assertThatThrownBy(() -> measure(Optional.of(InetAddress.ofLiteral("10.99.0.77"))))
                .hasMessageContaining("10.99.0.77 does not answer")
                .hasMessageContaining("culvert status culvert0");
    }

    private static Report measure(Optional<InetAddress> address) throws LabException {
        LiveBench.Outcome outcome =
                run(address, SETTINGS, (what, done) -> assertThat(done).as(what).isBetween(0.0, 1.0));
        assertThat(outcome.isWhole()).isTrue();
        return outcome.report();
    }

    private static LiveBench.Outcome run(Optional<InetAddress> address, LiveSettings settings, Progress progress)
            throws LabException {
        ControlClient control = new ControlClient(left.runDirectory());
        return left.call(() -> new LiveBench(control, TunnelEnd.DEVICE, settings, progress).run(address));
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
