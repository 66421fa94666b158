package dev.culvert.bench.loopback;

import dev.culvert.bench.contest.Subject;
import dev.culvert.cli.init.HostPlan;
import dev.culvert.cli.init.MatchingConfigs;
import dev.culvert.cli.init.TunnelPlan;
import dev.culvert.config.RemoteName;
import dev.culvert.crypto.PrivateKey;
import dev.culvert.crypto.Randomness;
import dev.culvert.device.TapMode;
import dev.culvert.ethernet.IpPrefix;
import dev.culvert.lab.CulvertProcess;
import dev.culvert.lab.Lab;
import dev.culvert.lab.LabException;
import dev.culvert.lab.LabHost;
import dev.culvert.metrics.CounterId;
import dev.culvert.tunnel.TunnelStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The tunnel itself: {@code culvert up} in each host, configured as {@code culvert init} would, over the cable.
 *
 * @param facts of the first end, when it had its session
 */
record TunnelPair(
        String firstAddress,
        String secondAddress,
        List<ProcessHandle> processes,
        List<CulvertProcess> ends,
        TunnelStatus facts)
        implements Subject {
    static final String NAME = "Culvert";

    private static final int PORT = 51_820;
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration SESSION_LIMIT = Duration.ofSeconds(20);

    static TunnelPair start(Lab lab, LabHost first, LabHost second, Cable cable, Net net, int mtu) throws LabException {
        HostPlan one = plan(first, net.first(), cable.firstAddress());
        HostPlan other = plan(second, net.second(), cable.secondAddress());
        Path folder = lab.folder();
        TunnelPlan plan = new TunnelPlan(net.device(), TapMode.TAP, PORT, one, other, false).withMtu(mtu);
        lab.write(() -> write(folder, plan));
        var firstStarting = CulvertProcess.start(first, config(folder, first, net));
        var secondStarting = CulvertProcess.start(second, config(folder, second, net));
        CulvertProcess firstEnd = firstStarting.awaitReady(START_LIMIT);
        CulvertProcess secondEnd = secondStarting.awaitReady(START_LIMIT);
        secondEnd.awaitHellos(SESSION_LIMIT);
        List<ProcessHandle> processes =
                List.of(firstEnd.process().handle(), secondEnd.process().handle());
        TunnelStatus facts = firstEnd.awaitHellos(SESSION_LIMIT);
        return new TunnelPair(net.first(), net.second(), processes, List.of(firstEnd, secondEnd), facts);
    }

    private static HostPlan plan(LabHost host, String address, String reachableAt) {
        return new HostPlan(
                host.name(), IpPrefix.parse(Net.prefix(address)), Optional.of(new RemoteName(reachableAt, PORT)));
    }

    private static Path config(Path folder, LabHost host, Net net) {
        return folder.resolve(host.name()).resolve(net.device() + ".toml");
    }

    private static void write(Path folder, TunnelPlan plan) throws LabException {
        try {
            PrivateKey oneKey = PrivateKey.generate(Randomness.system());
            PrivateKey otherKey = PrivateKey.generate(Randomness.system());
            MatchingConfigs.write(folder, plan, oneKey, otherKey, Optional.empty());
        } catch (IOException e) {
            throw new LabException("configuration of the tunnel: " + e.getMessage(), e);
        }
    }

    /** What went wrong inside since it started, for people: drops, and counters that do not add up. */
    List<String> complaints() throws LabException {
        List<String> complaints = new ArrayList<>();
        for (CulvertProcess end : ends) {
            TunnelStatus status = end.status();
            status.imbalances().forEach(each -> complaints.add("%s: %s".formatted(end.host(), each)));
            status.drops()
                    .forEach((reason, count) ->
                            complaints.add("%s: dropped %d: %s".formatted(end.host(), count, reason)));
        }
        return complaints;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int mtu() {
        return facts.mtu();
    }

    @Override
    public OptionalLong crossings() throws LabException {
        long calls = 0;
        for (CulvertProcess end : ends) {
            TunnelStatus status = end.status();
            calls += CounterId.CROSSINGS.stream().mapToLong(status::counter).sum();
        }
        return OptionalLong.of(calls);
    }
}
