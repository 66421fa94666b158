package dev.culvert.tunnel;

import dev.culvert.config.InterfaceConfig;
import dev.culvert.config.PeerConfig;
import dev.culvert.config.TunnelConfig;
import dev.culvert.crypto.CipherEngines;
import dev.culvert.crypto.NoAeadEngineException;
import dev.culvert.crypto.Randomness;
import dev.culvert.device.DeviceOpener;
import dev.culvert.device.DeviceSpec;
import dev.culvert.device.TapDevice;
import dev.culvert.device.TapMode;
import dev.culvert.device.TapOffload;
import dev.culvert.ethernet.IpPrefix;
import dev.culvert.ethernet.MacAddress;
import dev.culvert.time.MonotonicClock;
import dev.culvert.time.WallClock;
import dev.culvert.udp.IoBackend;
import dev.culvert.udp.LaneLoop;
import dev.culvert.udp.UdpTransport;
import io.netty.buffer.PooledByteBufAllocator;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running tunnel: device, sockets, lanes and control loop. {@link #start} makes everything or, failing, leaves nothing
 * behind; {@link #close} takes everything back. Callable from any thread.
 */
public final class Tunnel implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Tunnel.class);
    private static final Duration TICK = Duration.ofMillis(100);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

    private final CleanUp cleanUp;
    private final TunnelCommands commands;
    private final CompletableFuture<Optional<IOException>> ended;

    private Tunnel(CleanUp cleanUp, TunnelCommands commands, CompletableFuture<Optional<IOException>> ended) {
        this.cleanUp = cleanUp;
        this.commands = commands;
        this.ended = ended;
    }

    /**
     * Starts a tunnel in the network namespace of the calling thread.
     *
     * @param devices makes its device
     * @throws IOException when a device, socket or cipher cannot be had; the message names it, the cause and the remedy
     */
    public static Tunnel start(TunnelConfig config, IoBackend backend, DeviceOpener devices) throws IOException {
        CleanUp cleanUp = new CleanUp();
        try {
            return start(config, backend, devices, cleanUp);
        } catch (Throwable failed) { // an Error too, such as a native library that does not load
            cleanUp.close();
            throw failed;
        }
    }

    private static Tunnel start(TunnelConfig config, IoBackend wished, DeviceOpener devices, CleanUp cleanUp)
            throws IOException {
        InterfaceConfig device = config.device();
        IoBackend backend = device.offload().udp() ? wished : wished.withoutUdpOffload();
        CipherEngines engines = chooseEngines(config);
        int mtu = device.mtu().orElse(FrameSizes.autoMtu(device.mode()));
        LaneLoops loops = LaneLoops.start(backend, device.lanes(), cleanUp);
        LaneLoop controlLoop = cleanUp.later("control loop", backend.newLoop("culvert-control"));
        // The sockets first: they fail oftener than the device, and nothing has to be taken back then.
        loops.bind(device.listen(), FrameSizes.maxDatagramBytes(device.mode(), mtu), cleanUp);
        UdpTransport socket = loops.firstSocket();
        TapDevice tap = cleanUp.later("device", devices.open(spec(config, mtu)));

        CompletableFuture<Optional<IOException>> ended = new CompletableFuture<>();
        InetAddress bound = socket.localAddress().getAddress();
        TunnelAssembly assembly = new TunnelAssembly(
                config,
                new TunnelAssembly.World(
                        MonotonicClock.system(),
                        WallClock.system(),
                        Randomness.system(),
                        PooledByteBufAllocator.DEFAULT,
                        loops.sites(tap.queues()),
                        controlLoop,
                        controlLoop.counters(),
                        commands -> new LiveSurroundings(commands, address -> canReach(bound, address)),
                        why -> ended.complete(Optional.of(why))));
        TunnelFacts facts = new TunnelFacts(
                config,
                WallClock.system().now(),
                socket.localAddress(),
                mtu,
                tap.hardwareAddress().map(MacAddress::toString).orElse(""),
                tap.offloads(),
                backend.name() + ": " + backend.reason() + "; " + socket.description(),
                engines);
        TunnelAssembly.Parts parts = assembly.assemble(facts);
        for (TunnelStatus.Cipher cipher : StatusReport.ciphers(engines)) {
            LOG.info("cipher={} engine={} reason=\"{}\"", cipher.name(), cipher.engine(), cipher.reason());
        }
        LOG.info("io={}", facts.ioBackend());

        for (int number = 0; number < parts.lanes().size(); number++) {
            int lane = number;
            cleanUp.later("lane " + lane, () -> await(parts.commands().stopLane(lane)));
        }
        cleanUp.later("peers", () -> await(parts.commands().stopControl()));
        loops.run(parts.lanes(), tap.queues());
        controlLoop.execute(parts.control()::onStart);
        controlLoop.every(TICK, parts.control()::onTick);
        return new Tunnel(cleanUp, parts.commands(), ended);
    }

    private static CipherEngines chooseEngines(TunnelConfig config) throws IOException {
        try {
            return CipherEngines.choose(config.crypto().engines(), config.cipherChoices());
        } catch (NoAeadEngineException none) {
            throw new IOException(none.getMessage(), none);
        }
    }

    private static DeviceSpec spec(TunnelConfig config, int mtu) {
        InterfaceConfig device = config.device();
        List<IpPrefix> routes = device.mode() == TapMode.TAP
                ? List.of()
                : config.peers().stream()
                        .filter(PeerConfig::enabled)
                        .flatMap(peer -> peer.allowedIps().stream())
                        .toList();
        return new DeviceSpec(
                device.name(),
                device.mode(),
                mtu,
                device.txQueueFrames(),
                device.addresses(),
                device.bridge(),
                device.mode() == TapMode.TAP ? Optional.of(StationAddress.of(device)) : Optional.empty(),
                routes,
                device.mode() == TapMode.TAP && device.offload().tap() ? EnumSet.allOf(TapOffload.class) : Set.of(),
                device.lanes());
    }

    /** An IPv6 socket that is bound to one address of its own cannot send to IPv4. */
    private static boolean canReach(InetAddress bound, InetAddress address) {
        return address instanceof Inet4Address == bound instanceof Inet4Address
                || (bound instanceof Inet6Address && bound.isAnyLocalAddress());
    }

    /** What the tunnel is doing; fails with an IllegalStateException when it has stopped. */
    public TunnelStatus status() {
        try {
            return await(commands.status());
        } catch (RejectedExecutionException stopped) {
            throw new IllegalStateException("the tunnel has stopped", stopped);
        }
    }

    /**
     * Returns when the tunnel was closed.
     *
     * @throws IOException when it cannot go on: its device was deleted; it then still needs closing
     */
    public void awaitStop() throws IOException, InterruptedException {
        try {
            Optional<IOException> why = ended.get();
            if (why.isPresent()) {
                throw why.get();
            }
        } catch (ExecutionException ourBug) {
            throw new IllegalStateException(ourBug);
        }
    }

    @Override
    public void close() {
        cleanUp.close();
        ended.complete(Optional.empty());
    }

    private static <T extends @Nullable Object> T await(CompletableFuture<T> answer) {
        try {
            return answer.get(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the tunnel", interrupted);
        } catch (ExecutionException | TimeoutException failed) {
            throw new IllegalStateException("the tunnel does not answer", failed);
        }
    }
}
