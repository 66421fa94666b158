package dev.culvert.tunnel;

import dev.culvert.config.CryptoConfig;
import dev.culvert.config.InterfaceConfig;
import dev.culvert.config.OffloadConfig;
import dev.culvert.config.PeerConfig;
import dev.culvert.config.RemoteName;
import dev.culvert.config.TunnelConfig;
import dev.culvert.crypto.CipherChoice;
import dev.culvert.crypto.CipherEngines;
import dev.culvert.crypto.NoAeadEngineException;
import dev.culvert.crypto.PrivateKey;
import dev.culvert.crypto.Randomness;
import dev.culvert.device.GrantedOffloads;
import dev.culvert.device.TapMode;
import dev.culvert.device.TapOffload;
import dev.culvert.metrics.Counters;
import dev.culvert.offload.VirtioNetHeader;
import dev.culvert.peer.PeerPath;
import dev.culvert.time.MonotonicClock;
import dev.culvert.time.WallClock;
import dev.culvert.tunnel.ShortWire.Fate;
import io.netty.buffer.PooledByteBufAllocator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.Set;

/**
 * Two tunnels on one thread, all as it really is but for kernel, timers and network: one carries the same frame again
 * and again to the other. For what a frame costs in time and in garbage; none of either is spent here besides a copy of
 * what the device gives. Good for as long as a session lives.
 */
final class LanePair implements AutoCloseable {
    private static final InetSocketAddress SENDER = address(1);
    private static final InetSocketAddress RECEIVER = address(2);
    private static final GrantedOffloads OFFLOADS =
            new GrantedOffloads(VirtioNetHeader.BYTES, Set.of(TapOffload.values()), Map.of());

    private final Queue<Runnable> asked = new ArrayDeque<>();
    private final Queue<PeerPath> paths = new ArrayDeque<>();
    private final RepeatingTap senderTap = new RepeatingTap();
    private final RepeatingTap receiverTap = new RepeatingTap();
    private final ShortWire wire = new ShortWire(SENDER);
    private final ShortWire receiverWire = new ShortWire(RECEIVER);
    private final TunnelAssembly.Parts sender;
    private final TunnelAssembly.Parts receiver;

    /** Both ends agree on {@code cipher}, by the first engine that serves it here. */
    LanePair(CipherChoice cipher) {
        PrivateKey senderKey = PrivateKey.generate(Randomness.system());
        PrivateKey receiverKey = PrivateKey.generate(Randomness.system());
        sender = assemble(cipher, senderTap, wire, senderKey, peer(receiverKey, Optional.of(RECEIVER)));
        receiver = assemble(cipher, receiverTap, receiverWire, receiverKey, peer(senderKey, Optional.empty()));
        wire.joinTo(receiverWire);
        wire.receive(sender.lanes().getFirst());
        receiverWire.receive(receiver.lanes().getFirst());
        sender.control().onStart();
        settle();
    }

    private static InetSocketAddress address(int number) {
        return new InetSocketAddress(InetAddress.ofLiteral("192.0.2." + number), 51_820);
    }

    private static PeerConfig peer(PrivateKey key, Optional<InetSocketAddress> at) {
        return new PeerConfig(
                "peer",
                key.publicKey(),
                Optional.empty(),
                at.map(remote -> new RemoteName(remote.getAddress().getHostAddress(), remote.getPort())),
                Optional.empty(),
                Set.of(),
                List.of(),
                Optional.empty(),
                true);
    }

    private TunnelAssembly.Parts assemble(
            CipherChoice cipher, RepeatingTap tap, ShortWire socket, PrivateKey key, PeerConfig peer) {
        InterfaceConfig device = new InterfaceConfig(
                "lane",
                TapMode.TAP,
                key,
                socket.localAddress(),
                List.of(),
                OptionalInt.empty(),
                Optional.empty(),
                1,
                1000,
                false,
                OffloadConfig.ALL);
        TunnelConfig config =
                new TunnelConfig(device, new CryptoConfig(CryptoConfig.DEFAULT.engines(), cipher), List.of(peer));
        TunnelAssembly assembly = new TunnelAssembly(
                config,
                new TunnelAssembly.World(
                        MonotonicClock.system(),
                        WallClock.system(),
                        Randomness.system(),
                        PooledByteBufAllocator.DEFAULT,
                        List.of(new LaneSite(tap, socket, asked::add, new Counters())),
                        asked::add,
                        new Counters(),
                        Literal::new,
                        LanePair::fail));
        return assembly.assemble(new TunnelFacts(
                config,
                WallClock.system().now(),
                socket.localAddress(),
                FrameSizes.autoMtu(TapMode.TAP),
                "02:00:00:00:00:fe",
                OFFLOADS,
                "none",
                engines(cipher)));
    }

    private static CipherEngines engines(CipherChoice cipher) {
        try {
            return CipherEngines.choose(CryptoConfig.DEFAULT.engines(), Set.of(cipher));
        } catch (NoAeadEngineException none) {
            throw new AssertionError(none);
        }
    }

    private static void fail(IOException why) {
        throw new AssertionError("the tunnel gave up", why);
    }

    /** Does what the loops have been asked for. */
    private void settle() {
        for (Runnable next = asked.poll(); next != null; next = asked.poll()) {
            next.run();
        }
    }

    /** Whether what is sent is AES-256-GCM. */
    boolean sealsWithSecond() {
        var session = paths.element().sendSession();
        return session != null && session.sealsWithSecond();
    }

    /** A frame the other way tells the switch where the hosts are. */
    void answer(byte[] frame) {
        receiverTap.put(frame, 1);
        receiver.lanes().getFirst().onTapReadable();
    }

    /** What becomes of datagrams from now on. */
    void setFate(Fate fate) {
        wire.setFate(fate);
    }

    /** One wakeup that finds {@code times} frames, with their virtio header. */
    void encapsulate(byte[] frame, int times) {
        senderTap.put(frame, times);
        sender.lanes().getFirst().onTapReadable();
    }

    /** What waits on the wire arrives. */
    void decapsulate() {
        wire.deliverHeld();
    }

    RepeatingTap receiverTap() {
        return receiverTap;
    }

    @Override
    public void close() {
        wire.close();
        for (TunnelAssembly.Parts each : List.of(sender, receiver)) {
            each.control().close();
            settle();
            each.lanes().getFirst().close();
        }
    }

    /** Resolves literal addresses at once. */
    private final class Literal implements Surroundings {
        @Override
        public OptionalInt pathMtu(InetSocketAddress remote) {
            return OptionalInt.empty();
        }

        private final TunnelCommands commands;

        Literal(TunnelCommands commands) {
            this.commands = commands;
        }

        @Override
        public void lookUp(PeerPath path, RemoteName name) {
            paths.add(path);
            commands.resolved(path, new InetSocketAddress(InetAddress.ofLiteral(name.host()), name.port()));
        }

        @Override
        public void probe(PeerPath path, InetSocketAddress remote) {
            // Nobody is silent for long.
        }
    }
}
