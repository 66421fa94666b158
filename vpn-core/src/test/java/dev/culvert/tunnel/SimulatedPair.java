package dev.culvert.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.config.CryptoConfig;
import dev.culvert.config.InterfaceConfig;
import dev.culvert.config.OffloadConfig;
import dev.culvert.config.PeerConfig;
import dev.culvert.config.RemoteName;
import dev.culvert.config.TunnelConfig;
import dev.culvert.crypto.CipherChoice;
import dev.culvert.crypto.CipherEngines;
import dev.culvert.crypto.PresharedKey;
import dev.culvert.crypto.PrivateKey;
import dev.culvert.device.GrantedOffloads;
import dev.culvert.device.TapMode;
import dev.culvert.device.TapOffload;
import dev.culvert.ethernet.IpPrefix;
import dev.culvert.testkit.SimulatedNetwork;
import dev.culvert.testkit.Simulation;
import dev.culvert.testkit.Virtio;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Tunnels "a", "b", "c"... of one simulation, at 192.0.2.1, .2, .3... port 51821, 51822, 51823... */
final class SimulatedPair implements AutoCloseable {
    final Simulation simulation;
    final SimulatedNetwork network;
    private final Map<String, PrivateKey> keys = new HashMap<>();
    private final Map<String, SimulatedTunnel> tunnels = new HashMap<>();
    private final Map<String, CipherEngines> engines = new HashMap<>();
    private final Map<String, CipherChoice> ciphers = new HashMap<>();
    private GrantedOffloads offloads = GrantedOffloads.NONE;
    private OptionalInt mtu = OptionalInt.empty();
    private TapMode mode = TapMode.TAP;
    private int lanes = 1;
    private int number;

    SimulatedPair(long seed) {
        simulation = new Simulation(seed);
        network = new SimulatedNetwork(simulation);
    }

    static InetSocketAddress address(String name) {
        int number = name.charAt(0) - 'a' + 1;
        return new InetSocketAddress(InetAddress.ofLiteral("192.0.2." + number), 51820 + number);
    }

    PrivateKey key(String name) {
        return keys.computeIfAbsent(name, _ -> {
            byte[] bytes = new byte[PrivateKey.BYTES];
            simulation.random().nextBytes(bytes);
            return PrivateKey.of(bytes);
        });
    }

    /** A peer that is reached at its usual address. */
    PeerConfig peer(String name) {
        InetSocketAddress remote = address(name);
        return peer(name, Optional.of(new RemoteName(remote.getAddress().getHostAddress(), remote.getPort())));
    }

    /** A peer that has to speak first. */
    PeerConfig waitingFor(String name) {
        return peer(name, Optional.empty());
    }

    private PeerConfig peer(String name, Optional<RemoteName> remote) {
        List<IpPrefix> allowedIps = mode == TapMode.TUN ? List.of(IpPrefix.parse(inner(name) + "/32")) : List.of();
        return new PeerConfig(
                name,
                key(name).publicKey(),
                Optional.empty(),
                remote,
                Optional.empty(),
                Set.of(),
                allowedIps,
                Optional.empty(),
                true);
    }

    /** The address of the host behind a tunnel, in tun mode. */
    static String inner(String name) {
        return "10.8.0." + (name.charAt(0) - 'a' + 1);
    }

    /** Tunnels started from now on carry IP packets between {@link #inner} addresses. */
    void carryPackets() {
        mode = TapMode.TUN;
    }

    /** Devices of tunnels started from now on have the usual MTU of Ethernet, and offloads when the kernel {@code grants} them. */
    void devices(boolean grants) {
        mtu = OptionalInt.of(1500);
        offloads = grants
                ? new GrantedOffloads(Virtio.NONE.length, EnumSet.allOf(TapOffload.class), Map.of())
                : GrantedOffloads.NONE;
    }

    /** Tunnels started from now on have so many lanes, and what arrives for them comes to each in turn. */
    void lanes(int count) {
        lanes = count;
    }

    /** What the machine of {@code name} has, when it starts; else {@link SimulatedEngines#HARDWARE}. */
    void give(String name, CipherEngines has) {
        engines.put(name, has);
    }

    /** What the configuration of {@code name} says, when it starts; else "auto". */
    void configure(String name, CipherChoice cipher) {
        ciphers.put(name, cipher);
    }

    static PeerConfig with(PeerConfig peer, Optional<PresharedKey> presharedKey, Optional<Duration> keepalive) {
        return new PeerConfig(
                peer.name(),
                peer.publicKey(),
                presharedKey,
                peer.remote(),
                keepalive,
                peer.allowedMacs(),
                peer.allowedIps(),
                peer.cipher(),
                peer.enabled());
    }

    /** Starts, or after a kill restarts, the tunnel {@code name}. */
    SimulatedTunnel start(String name, boolean forward, PeerConfig... peers) {
        TunnelConfig config = new TunnelConfig(
                new InterfaceConfig(
                        name,
                        mode,
                        key(name),
                        address(name),
                        List.of(),
                        mtu,
                        Optional.empty(),
                        lanes,
                        1000,
                        forward,
                        OffloadConfig.ALL),
                new CryptoConfig(
                        CryptoConfig.DEFAULT.engines(), ciphers.getOrDefault(name, CryptoConfig.DEFAULT.cipher())),
                List.of(peers));
        SimulatedTunnel tunnel = new SimulatedTunnel(
                simulation,
                network,
                address(name),
                config,
                new SimulatedTunnel.Machine(engines.getOrDefault(name, SimulatedEngines.HARDWARE), offloads));
        tunnels.put(name, tunnel);
        return tunnel;
    }

    /** Starts "a", which speaks first, and "b", and lets them shake hands. */
    void startAb() {
        start("a", false, peer("b"));
        start("b", false, waitingFor("a"));
        run(Duration.ofMillis(200));
    }

    SimulatedTunnel tunnel(String name) {
        return Objects.requireNonNull(tunnels.get(name), name);
    }

    void run(Duration duration) {
        simulation.run(duration);
    }

    /** A frame each way every so often, for so long: what was sent, and what arrived. */
    Exchange exchange(Duration every, Duration total) {
        Exchange exchange = new Exchange(new ArrayList<>(), new ArrayList<>());
        for (Duration passed = Duration.ZERO; passed.compareTo(total) < 0; passed = passed.plus(every)) {
            byte[] there = TestHosts.frame("a", "b", number++, 100);
            byte[] back = TestHosts.frame("b", "a", number++, 100);
            tunnel("a").send(there);
            tunnel("b").send(back);
            exchange.sent.addAll(List.of(there, back));
            run(every);
            takeReceived(exchange);
        }
        run(Duration.ofMillis(200));
        takeReceived(exchange);
        return exchange;
    }

    private void takeReceived(Exchange exchange) {
        exchange.received.addAll(tunnel("a").received());
        exchange.received.addAll(tunnel("b").received());
    }

    /** Frames in both directions. */
    record Exchange(List<byte[]> sent, List<byte[]> received) {
        void assertNothingLostOrDoubled() {
            assertThat(received).hasSameSizeAs(sent);
            assertThat(TestHosts.texts(received)).isEqualTo(TestHosts.texts(sent));
        }
    }

    /** Lets everything on the way arrive, then checks the ledger of every tunnel and ends them. */
    @Override
    public void close() {
        simulation.run(Duration.ofSeconds(1));
        try {
            tunnels.forEach((name, tunnel) -> assertThat(tunnel.status().imbalances())
                    .as("stages of " + name + " that lost count")
                    .isEmpty());
        } finally {
            tunnels.values().forEach(SimulatedTunnel::close);
            simulation.run(Duration.ofSeconds(1));
        }
    }
}
