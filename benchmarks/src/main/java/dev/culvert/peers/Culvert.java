package dev.culvert.peers;

import dev.culvert.cli.init.HostPlan;
import dev.culvert.cli.init.MatchingConfigs;
import dev.culvert.cli.init.TunnelPlan;
import dev.culvert.config.RemoteName;
import dev.culvert.crypto.PrivateKey;
import dev.culvert.crypto.Randomness;
import dev.culvert.device.TapMode;
import dev.culvert.ethernet.IpPrefix;
import dev.culvert.lab.CulvertProcess;
import dev.culvert.lab.LabProcess;
import dev.culvert.peers.Place.End;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Culvert, with the configurations that {@code culvert init} writes, changed in nothing. */
final class Culvert implements Peer {
    static final String NAME = "Culvert";

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public RunningPeer start(Place place) throws IOException {
        End first = place.first();
        TunnelPlan plan =
                new TunnelPlan(first.device(), TapMode.TAP, first.port(), host(first), host(place.second()), false);
        PrivateKey firstKey = PrivateKey.generate(Randomness.system());
        PrivateKey secondKey = PrivateKey.generate(Randomness.system());
        MatchingConfigs.write(place.folder(), plan, firstKey, secondKey, Optional.empty());
        List<CulvertProcess.Starting> starting = new ArrayList<>();
        for (End end : place.ends()) {
            starting.add(CulvertProcess.start(
                    end.host(), place.folder().resolve(end.side()).resolve(end.device() + ".toml")));
        }
        List<LabProcess> ends = new ArrayList<>();
        for (CulvertProcess.Starting each : starting) {
            ends.add(each.awaitReady(LIMIT).process());
        }
        return RunningPeer.tunnel(NAME, place, ends);
    }

    private static HostPlan host(End end) {
        return new HostPlan(
                end.side(),
                IpPrefix.parse(end.address() + "/24"),
                Optional.of(new RemoteName(end.underlay(), end.port())));
    }
}
