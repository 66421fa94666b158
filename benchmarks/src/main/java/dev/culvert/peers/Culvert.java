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
import dev.culvert.peers.Place.End;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Culvert, with the configurations that {@code culvert init} writes, changed in nothing unless a variant is asked for. */
final class Culvert implements Peer {
    static final String NAME = "Culvert";

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Optional<CulvertVariant> variant;

    Culvert() {
        this.variant = Optional.empty();
    }

    Culvert(CulvertVariant variant) {
        this.variant = Optional.of(variant);
    }

    /** Whether {@code name} is that of a Culvert, however configured. */
    static boolean isName(String name) {
        return name.equals(NAME) || name.startsWith(NAME + " ");
    }

    @Override
    public String name() {
        return variant.map(each -> NAME + " " + each.name()).orElse(NAME);
    }

    @Override
    public RunningPeer start(Place place) throws IOException {
        int mtu =
                variant.flatMap(each -> each.mtu().stream().boxed().findFirst()).orElse(place.mtu());
        writeConfigurations(place, mtu);
        List<CulvertProcess.Starting> starting = new ArrayList<>();
        for (End end : place.ends()) {
            starting.add(CulvertProcess.start(end.host(), configuration(end)));
        }
        List<CulvertProcess> ends = new ArrayList<>();
        for (CulvertProcess.Starting each : starting) {
            ends.add(each.awaitReady(LIMIT));
        }
        return RunningPeer.culvert(name(), place, mtu, new CulvertEnds(ends));
    }

    private void writeConfigurations(Place place, int mtu) throws IOException {
        End first = place.first();
        TunnelPlan plan =
                new TunnelPlan(first.device(), TapMode.TAP, first.port(), host(first), host(place.second()), false);
        PrivateKey firstKey = PrivateKey.generate(Randomness.system());
        PrivateKey secondKey = PrivateKey.generate(Randomness.system());
        MatchingConfigs.write(place.folder(), plan.withMtu(mtu), firstKey, secondKey, Optional.empty());
        if (variant.isPresent()) {
            for (End end : place.ends()) {
                Path file = configuration(end);
                Files.writeString(file, variant.get().applyTo(Files.readString(file)));
            }
        }
    }

    private static Path configuration(End end) {
        return end.place().folder().resolve(end.side()).resolve(end.device() + ".toml");
    }

    private static HostPlan host(End end) {
        return new HostPlan(
                end.side(),
                IpPrefix.parse(end.address() + "/24"),
                Optional.of(new RemoteName(end.underlay(), end.port())));
    }
}
