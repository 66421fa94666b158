package dev.culvert.tunnel;

import dev.culvert.config.RemoteName;
import dev.culvert.config.TunnelConfig;
import dev.culvert.crypto.CipherEngines;
import dev.culvert.device.GrantedOffloads;
import dev.culvert.metrics.CounterId;
import dev.culvert.metrics.Counters;
import dev.culvert.peer.PeerPath;
import dev.culvert.session.Session;
import dev.culvert.testkit.InMemoryTap;
import dev.culvert.testkit.SimulatedNetwork;
import dev.culvert.testkit.Simulation;
import dev.culvert.wire.HelloMessage;
import io.netty.buffer.PooledByteBufAllocator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;

/** A whole tunnel, assembled as the real one is, on a fake TAP and a simulated network. */
final class SimulatedTunnel implements AutoCloseable {
    /** A host that has no address at the moment. */
    static final AtomicReference<String> UNRESOLVED = new AtomicReference<>("");

    /** What a tunnel finds where it starts. */
    record Machine(CipherEngines engines, GrantedOffloads offloads) {}

    private static final Duration TICK = Duration.ofMillis(100);

    private final Simulation simulation;
    private final List<InMemoryTap> taps = new ArrayList<>();
    private final List<SimulatedNetwork.Socket> sockets = new ArrayList<>();
    private final TunnelAssembly.Parts parts;
    private final AtomicReference<PeerPath> resolved = new AtomicReference<>();
    private int nextLane;
    private boolean running = true;

    SimulatedTunnel(
            Simulation simulation,
            SimulatedNetwork network,
            InetSocketAddress address,
            TunnelConfig config,
            Machine machine) {
        this.simulation = simulation;
        List<LaneSite> lanes = new ArrayList<>();
        for (int i = 0; i < config.device().lanes(); i++) {
            taps.add(new InMemoryTap(machine.offloads().hasHeader()));
            sockets.add(network.bind(address));
            lanes.add(new LaneSite(taps.get(i), sockets.get(i), simulation.door(), new Counters()));
        }
        TunnelAssembly assembly = new TunnelAssembly(
                config,
                new TunnelAssembly.World(
                        simulation.clock(),
                        simulation.clock(),
                        new Random(simulation.random().nextLong())::nextBytes,
                        PooledByteBufAllocator.DEFAULT,
                        lanes,
                        simulation.door(),
                        new Counters(),
                        commands -> new Literals(commands, resolved),
                        SimulatedTunnel::fail));
        int mtu =
                config.device().mtu().orElse(FrameSizes.autoMtu(config.device().mode()));
        this.parts = assembly.assemble(new TunnelFacts(
                config,
                simulation.clock().now(),
                address,
                mtu,
                "02:00:00:00:00:%02x".formatted(address.getPort() & 0xff),
                machine.offloads(),
                "simulated",
                machine.engines()));
        for (int i = 0; i < lanes.size(); i++) {
            sockets.get(i).receive(parts.lanes().get(i));
        }
        parts.control().onStart();
        simulation.after(TICK, this::tick);
    }

    private void tick() {
        if (running) {
            parts.control().onTick();
            simulation.after(TICK, this::tick);
        }
    }

    private static void fail(IOException why) {
        throw new AssertionError("the tunnel gave up", why);
    }

    /** The host behind this tunnel sends frames, which one wakeup of a lane reads; lanes take turns. */
    void send(byte[]... frames) {
        nextLane = (nextLane + 1) % taps.size();
        for (byte[] frame : frames) {
            taps.get(nextLane).put(frame);
        }
        parts.lanes().get(nextLane).onTapReadable();
    }

    /** The same, but each is what a read gives, byte for byte. */
    void sendRaw(byte[]... reads) {
        for (byte[] read : reads) {
            tap().putRaw(read);
        }
        parts.lanes().getFirst().onTapReadable();
    }

    /** Seals {@code message} for the peer whose address was resolved last, in the session with it. */
    void say(byte[] message) {
        parts.commands().sendControl(resolvedPath(), sendSession(), message);
    }

    /** As if {@code hello} had come from that peer in {@code session}. */
    void hear(Session session, HelloMessage hello) {
        parts.commands().hello(resolvedPath(), session, hello);
    }

    /** The session with that peer. */
    Session sendSession() {
        return Objects.requireNonNull(resolvedPath().sendSession(), "no session");
    }

    private PeerPath resolvedPath() {
        return Objects.requireNonNull(resolved.get(), "no peer that was resolved");
    }

    /** What the device of this tunnel was given since the last call, by the call; of several lanes in their order. */
    List<byte[]> received() {
        return taps.stream().flatMap(tap -> tap.take().stream()).toList();
    }

    InMemoryTap tap() {
        return taps.getFirst();
    }

    SimulatedNetwork.Socket socket() {
        return sockets.getFirst();
    }

    TunnelStatus status() {
        var asked = parts.commands().status();
        simulation.run(Duration.ofNanos(1));
        return Objects.requireNonNull(asked.getNow(null), "the status was not ready");
    }

    long count(CounterId id) {
        return status().counter(id);
    }

    TunnelStatus.Peer peer(String name) {
        return status().peers().stream()
                .filter(peer -> peer.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Ends as a killed process does: nothing is said to anyone. */
    void kill() {
        running = false;
        sockets.forEach(SimulatedNetwork.Socket::close);
        parts.control().close();
        simulation.run(Duration.ofNanos(1));
        parts.lanes().forEach(Lane::close);
    }

    @Override
    public void close() {
        if (running) {
            kill();
        }
    }

    /** Resolves literal addresses at once and has nothing to say about silent peers. */
    private record Literals(TunnelCommands commands, AtomicReference<PeerPath> resolved) implements Surroundings {
        @Override
        public void lookUp(PeerPath path, RemoteName name) {
            if (name.host().equals(UNRESOLVED.get())) {
                commands.diagnosed(path, name.host() + " does not resolve");
                return;
            }
            resolved.set(path);
            commands.resolved(path, new InetSocketAddress(InetAddress.ofLiteral(name.host()), name.port()));
        }

        @Override
        public void probe(PeerPath path, InetSocketAddress remote) {
            commands.diagnosed(path, "simulated silence");
        }

        @Override
        public OptionalInt pathMtu(InetSocketAddress remote) {
            return OptionalInt.of(1500);
        }
    }
}
