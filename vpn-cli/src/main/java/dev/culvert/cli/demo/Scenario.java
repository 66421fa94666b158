package dev.culvert.cli.demo;

import dev.culvert.bench.result.Samples;
import dev.culvert.lab.CommandResult;
import dev.culvert.lab.CulvertProcess;
import dev.culvert.lab.Lab;
import dev.culvert.lab.LabException;
import dev.culvert.lab.LabHost;
import dev.culvert.lab.LabLink;
import dev.culvert.lab.PlainTapLoopback;
import dev.culvert.lab.Traffic;
import dev.culvert.tunnel.TunnelStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Two hosts on a cable, and an Ethernet tunnel between them.
 *
 * <pre>
 *  left                                          right
 *  culvert0 10.99.0.1 ==== tunnel ==== 10.99.0.2 culvert0
 *  eth0     192.0.2.1 ----- veth ----- 192.0.2.2 eth0
 *  loop0    10.98.0.1 -- this process - 10.98.0.2 loop0     (to compare with)
 * </pre>
 */
final class Scenario {
    private static final Duration START_LIMIT = Duration.ofSeconds(30);
    private static final Duration SESSION_LIMIT = Duration.ofSeconds(10);
    private static final Duration SETTLE_LIMIT = Duration.ofSeconds(2);
    private static final Duration TRANSFER_LIMIT = Duration.ofSeconds(20);
    private static final long TRANSFER_BYTES = 200_000_000;
    private static final int ROUNDS = 3;
    private static final Duration ROUND = Duration.ofMillis(1500);
    private static final Pattern AVERAGE = Pattern.compile("= [\\d.]+/([\\d.]+)/");

    private final Lab lab;
    private final Steps steps;
    private final Site leftSite = Site.numbered(1, "left");
    private final Site rightSite = Site.numbered(2, "right");
    private final LabHost left;
    private final LabHost right;

    Scenario(Lab lab, Steps steps) throws LabException {
        this.lab = lab;
        this.steps = steps;
        this.left = lab.host(leftSite.name());
        this.right = lab.host(rightSite.name());
    }

    List<LabHost> hosts() {
        return List.of(left, right);
    }

    DemoReport run() throws Exception {
        steps.step("two hosts on a cable", this::connect, _ -> left.namespace() + ", " + right.namespace());
        Tunnels tunnels = steps.step("two tunnels with fresh keys", this::up, Tunnels::processes);
        TunnelStatus status = steps.step("handshake", () -> shakeHands(tunnels), Scenario::cipherOf);
        steps.step("ping both ways, IPv4 and IPv6", this::ping, average -> average + " ms");
        Traffic.Transfer transfer = steps.step("transfer of random data", this::transfer, Scenario::proofOf);
        Comparison rates = steps.step(
                "throughput",
                () -> compare(status.mtu()),
                _ -> "in turns with a plain TAP loopback, mtu " + status.mtu());
        Statuses statuses = steps.step(
                "accounting", () -> account(tunnels), _ -> "no drops, every frame and datagram accounted for");
        return report(rates, transfer, statuses);
    }

    private record Tunnels(CulvertProcess left, CulvertProcess right) {
        String processes() {
            return "processes %d and %d"
                    .formatted(left.process().pid(), right.process().pid());
        }
    }

    private record Comparison(Samples loopback, Samples tunnel) {}

    private record Statuses(TunnelStatus left, TunnelStatus right) {}

    private LabLink connect() throws LabException {
        return lab.link(left, leftSite.underlay() + "/24", right, rightSite.underlay() + "/24");
    }

    private Tunnels up() throws LabException {
        Path folder = lab.folder();
        CulvertProcess.Starting first = CulvertProcess.start(left, leftSite.write(folder, rightSite));
        CulvertProcess.Starting second = CulvertProcess.start(right, rightSite.write(folder, leftSite));
        return new Tunnels(first.awaitReady(START_LIMIT), second.awaitReady(START_LIMIT));
    }

    private TunnelStatus shakeHands(Tunnels tunnels) throws LabException {
        ping(left, rightSite.inner4(), 1); // somebody has to want something
        tunnels.right().awaitHellos(SESSION_LIMIT);
        return tunnels.left().awaitHellos(SESSION_LIMIT);
    }

    private static String cipherOf(TunnelStatus status) {
        return status.cipherInUse().text();
    }

    private String ping() throws LabException {
        ping(left, rightSite.inner4(), 3);
        ping(right, leftSite.inner4(), 3);
        ping(left, rightSite.inner6(), 3);
        return ping(right, leftSite.inner6(), 3);
    }

    /** All answers must come; returns the average round trip, ms. */
    private static String ping(LabHost from, String address, int count) throws LabException {
        CommandResult result =
                from.run("ping", "-n", "-q", "-c", Integer.toString(count), "-i", "0.1", "-W", "5", address);
        Matcher average = AVERAGE.matcher(result.output());
        if (!result.succeeded() || !result.output().contains(count + " received") || !average.find()) {
            throw new LabException("%s got no answer from %s: %s"
                    .formatted(from, address, result.output().strip()));
        }
        return average.group(1);
    }

    private Traffic.Transfer transfer() throws LabException {
        Traffic.Transfer transfer =
                Traffic.transfer(left, right, rightSite.inner4(), TRANSFER_BYTES, System.nanoTime(), TRANSFER_LIMIT);
        if (transfer.bytes() != TRANSFER_BYTES || !transfer.isIntact()) {
            throw new LabException("%d of %d bytes arrived; SHA-256 %s sent, %s received"
                    .formatted(transfer.bytes(), TRANSFER_BYTES, transfer.sentSha256(), transfer.receivedSha256()));
        }
        return transfer;
    }

    private static String proofOf(Traffic.Transfer transfer) {
        return "%d MB, SHA-256 the same at both ends (%s...)"
                .formatted(transfer.bytes() / 1_000_000, transfer.sentSha256().substring(0, 8));
    }

    /** In turns, because the machine has other things to do too. */
    private Comparison compare(int mtu) throws LabException {
        List<Double> plain = new ArrayList<>();
        List<Double> tunnel = new ArrayList<>();
        try (PlainTapLoopback _ = PlainTapLoopback.open(
                lab, left, leftSite.loopbackPrefixes(), right, rightSite.loopbackPrefixes(), mtu)) {
            // Not counted: the tunnel's code has been compiled by now, the loopback's has not.
            Traffic.gbitPerSecond(left, right, rightSite.loopback4(), ROUND);
            for (int round = 0; round < ROUNDS; round++) {
                plain.add(Traffic.gbitPerSecond(left, right, rightSite.loopback4(), ROUND));
                tunnel.add(Traffic.gbitPerSecond(left, right, rightSite.inner4(), ROUND));
            }
        }
        return new Comparison(ascending(plain), ascending(tunnel));
    }

    private static Samples ascending(List<Double> rates) {
        return new Samples(rates.stream().sorted().toList());
    }

    private static Statuses account(Tunnels tunnels) throws LabException {
        Statuses statuses = new Statuses(settled(tunnels.left()), settled(tunnels.right()));
        for (TunnelStatus status : List.of(statuses.left(), statuses.right())) {
            if (!status.drops().isEmpty()) {
                throw new LabException("%s dropped frames: %s".formatted(status.name(), status.drops()));
            }
        }
        return statuses;
    }

    /** The books balance only while nothing moves, and the last acknowledgements may still be under way. */
    private static TunnelStatus settled(CulvertProcess tunnel) throws LabException {
        return tunnel.awaitStatus("balanced", status -> status.imbalances().isEmpty(), SETTLE_LIMIT);
    }

    private DemoReport report(Comparison rates, Traffic.Transfer transfer, Statuses statuses) {
        return new DemoReport(
                rates.loopback(),
                rates.tunnel(),
                100 * rates.tunnel().median() / rates.loopback().median(),
                transfer.bytes(),
                transfer.sentSha256(),
                cipherOf(statuses.left()),
                List.of(
                        Flow.of(leftSite.name(), statuses.left(), rightSite.name(), statuses.right()),
                        Flow.of(rightSite.name(), statuses.right(), leftSite.name(), statuses.left())),
                Map.of(
                        leftSite.name(),
                        statuses.left().drops(),
                        rightSite.name(),
                        statuses.right().drops()));
    }
}
