package dev.culvert.tunnel;

import dev.culvert.config.PeerConfig;
import dev.culvert.config.TunnelConfig;
import dev.culvert.crypto.Randomness;
import dev.culvert.device.TapMode;
import dev.culvert.ethernet.AllowedIps;
import dev.culvert.ethernet.ForwardingLimits;
import dev.culvert.ethernet.ForwardingTable;
import dev.culvert.ethernet.FrameSwitch;
import dev.culvert.ethernet.IpPrefix;
import dev.culvert.ethernet.MacAddress;
import dev.culvert.ethernet.PacketRouter;
import dev.culvert.handshake.Handshake;
import dev.culvert.handshake.LocalIdentity;
import dev.culvert.handshake.Mac1Check;
import dev.culvert.metrics.Counters;
import dev.culvert.peer.Peer;
import dev.culvert.peer.PeerActions;
import dev.culvert.peer.PeerCiphers;
import dev.culvert.peer.PeerPath;
import dev.culvert.session.SessionTable;
import dev.culvert.time.MonotonicClock;
import dev.culvert.time.WallClock;
import io.netty.buffer.ByteBufAllocator;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Puts lanes and control loop together from a configuration and the outside world. Makes no device, socket or thread
 * itself, so that tests assemble the same tunnel on fakes.
 */
final class TunnelAssembly {
    private final TunnelConfig config;
    private final World world;
    private final TunnelCommands commands;
    private final SessionTable<PeerPath> sessions = new SessionTable<>();
    private final LocalIdentity identity;
    private final List<PeerConfig> enabled;
    private final List<PeerPath> paths = new ArrayList<>();

    /**
     * The outside of a tunnel.
     *
     * @param lanes at least one
     * @param controlDoor runs tasks on the control loop, in order
     * @param controlCounters of the control loop's thread
     * @param surroundings name look-ups and probes, whose answers go to the commands
     * @param onFailure told, on the control loop, that the tunnel cannot go on
     */
    record World(
            MonotonicClock clock,
            WallClock wallClock,
            Randomness randomness,
            ByteBufAllocator allocator,
            List<LaneSite> lanes,
            Executor controlDoor,
            Counters controlCounters,
            Function<TunnelCommands, Surroundings> surroundings,
            Consumer<IOException> onFailure) {}

    TunnelAssembly(TunnelConfig config, World world) {
        this.config = config;
        this.world = world;
        this.commands =
                new TunnelCommands(world.lanes().stream().map(LaneSite::door).toList(), world.controlDoor());
        this.identity = new LocalIdentity(config.device().privateKey(), world.randomness());
        this.enabled = config.peers().stream().filter(PeerConfig::enabled).toList();
        for (int id = 0; id < enabled.size(); id++) {
            PeerConfig peer = enabled.get(id);
            paths.add(new PeerPath(id, peer.name(), peer.remote().isPresent()));
        }
    }

    /** Joins everything. The parts do nothing until their loops call them. */
    Parts assemble(TunnelFacts facts) {
        long hashSeed = ByteBuffer.wrap(world.randomness().bytes(Long.BYTES)).getLong();
        ForwardingTable<PeerPath> table = new ForwardingTable<>(ForwardingLimits.DEFAULT, hashSeed);
        List<Lane> lanes = new ArrayList<>();
        for (int number = 0; number < world.lanes().size(); number++) {
            lanes.add(new Lane(laneParts(number, table, facts)));
        }
        ControlParts parts = new ControlParts(
                identity,
                world.randomness(),
                sessions,
                commands,
                world.clock(),
                world.wallClock(),
                world.controlCounters(),
                facts);
        Control control = new Control(parts, actions -> roster(actions, facts), world.onFailure());
        commands.join(lanes, control);
        return new Parts(lanes, control, commands);
    }

    /** A tunnel, assembled. */
    record Parts(List<Lane> lanes, Control control, TunnelCommands commands) {}

    private LaneParts laneParts(int number, ForwardingTable<PeerPath> table, TunnelFacts facts) {
        LaneSite site = world.lanes().get(number);
        List<LanePeer> peers = paths.stream()
                .map(path -> new LanePeer(path, world.lanes().size()))
                .toList();
        LaneContext context = new LaneContext(
                number,
                world.lanes().size(),
                world.clock(),
                world.allocator(),
                site.counters(),
                commands,
                FrameSizes.maxFrameBytes(config.device().mode(), facts.mtu()),
                facts.offloads());
        boolean carriesEthernet = config.device().mode() == TapMode.TAP;
        Encapsulator encapsulator = new Encapsulator(site.transport(), context, carriesEthernet);
        DeviceWriter writer = new DeviceWriter(site.queue(), context);
        LanePorts ports = new LanePorts(peers, encapsulator, writer);
        Forwarding forwarding =
                carriesEthernet ? tapForwarding(ports, context, table, facts) : tunForwarding(ports, context);
        Mac1Check mac1Check = new Mac1Check(identity.publicKey());
        return new LaneParts(
                context,
                site.transport(),
                sessions,
                peers,
                forwarding,
                encapsulator,
                new OutboundPath(site.queue(), site.transport(), forwarding, encapsulator, context),
                new InboundPath(sessions, peers, mac1Check, forwarding, encapsulator, context));
    }

    private Forwarding tapForwarding(
            LanePorts ports, LaneContext context, ForwardingTable<PeerPath> table, TunnelFacts facts) {
        FrameSwitch<PeerPath> frameSwitch = new FrameSwitch<>(
                table,
                MacAddress.parse(facts.hardwareAddress()),
                context.maxFrameBytes(),
                config.device().forward());
        for (LanePeer peer : ports.peers()) {
            frameSwitch.allowOnly(peer.path, enabled.get(peer.path.id()).allowedMacs());
        }
        return new TapForwarding(ports, context, table, frameSwitch);
    }

    private Forwarding tunForwarding(LanePorts ports, LaneContext context) {
        AllowedIps.Builder<LanePeer> allowedIps = AllowedIps.builder();
        for (LanePeer peer : ports.peers()) {
            for (IpPrefix prefix : enabled.get(peer.path.id()).allowedIps()) {
                allowedIps.add(prefix, peer);
            }
        }
        return new TunForwarding(ports, context.counters(), new PacketRouter<>(allowedIps.build()));
    }

    private Roster roster(PeerActions actions, TunnelFacts facts) {
        boolean mayBeWireGuard = config.device().mode() == TapMode.TUN;
        Surroundings surroundings = world.surroundings().apply(commands);
        List<Correspondence> correspondences = new ArrayList<>();
        for (PeerPath path : paths) {
            PeerConfig peerConfig = enabled.get(path.id());
            Peer peer = new Peer(
                    path,
                    new Handshake(identity, peerConfig.publicKey(), peerConfig.presharedKey()),
                    PeerCiphers.of(
                            config.cipherFor(peerConfig),
                            facts.engines(),
                            mayBeWireGuard,
                            world.lanes().size()),
                    actions,
                    peerConfig.keepalive().orElse(Duration.ZERO),
                    world.randomness()::below);
            correspondences.add(new Correspondence(peerConfig, peer, surroundings));
        }
        return new Roster(
                correspondences,
                config.peers().stream().filter(peer -> !peer.enabled()).toList());
    }
}
