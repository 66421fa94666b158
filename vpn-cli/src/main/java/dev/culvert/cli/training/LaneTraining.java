package dev.culvert.cli.training;

import dev.culvert.cli.run.CoreTunnel;
import dev.culvert.cli.run.RunningTunnel;
import dev.culvert.cli.toml.AddressText;
import dev.culvert.cli.toml.BadValueException;
import dev.culvert.config.CryptoConfig;
import dev.culvert.config.InterfaceConfig;
import dev.culvert.config.OffloadConfig;
import dev.culvert.config.PeerConfig;
import dev.culvert.config.RemoteName;
import dev.culvert.config.TunnelConfig;
import dev.culvert.crypto.PrivateKey;
import dev.culvert.crypto.PublicKey;
import dev.culvert.crypto.Randomness;
import dev.culvert.device.TapException;
import dev.culvert.device.TapMode;
import dev.culvert.device.linux.SocketTap;
import dev.culvert.ethernet.MacAddress;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * Two tunnels of this process, over loopback, with sockets in place of devices: they shake hands and carry to each other
 * what tunnels carry mostly, bulk, acknowledgments, small packets, and one packet at a time. Needs no privilege. For one
 * thread, which plays the kernel at either end.
 */
public final class LaneTraining implements AutoCloseable {
    private static final long PAUSE_NANOS = 20_000;
    private static final int BULK_TURNS = 40;
    private static final int SMALL_TURNS = 20;
    private static final int SMALL_PACKETS = 8;
    private static final int ECHOES = 40;
    /** Pauses that one packet has to arrive in. */
    private static final int PATIENCE = 100;

    private final End left;
    private final End right;
    private final ByteBuf received = Unpooled.directBuffer(1 << 17);
    private int longest;

    private LaneTraining(End left, End right) {
        this.left = left;
        this.right = right;
    }

    /** @throws IOException as from {@link CoreTunnel#start} */
    public static LaneTraining start() throws IOException {
        PrivateKey leftKey = PrivateKey.generate(Randomness.system());
        PrivateKey rightKey = PrivateKey.generate(Randomness.system());
        End left = End.start(1, leftKey, rightKey.publicKey(), Optional.empty());
        try {
            return new LaneTraining(left, End.start(2, rightKey, leftKey.publicKey(), Optional.of(left.bound())));
        } catch (Throwable failed) { // an Error too, such as a native library that does not load
            left.close();
            throw failed;
        }
    }

    /** Returns how many frames, super-frames among them, have arrived at either end. */
    public long carry(Duration length) throws TapException {
        long endNanos = System.nanoTime() + length.toNanos();
        long carried = 0;
        try (TrainingFrames fromLeft = new TrainingFrames(left.address(), right.address(), 1);
                TrainingFrames fromRight = new TrainingFrames(right.address(), left.address(), 2)) {
            while (System.nanoTime() - endNanos < 0) {
                carried += oneWay(left, fromLeft, right, fromRight);
                carried += oneWay(right, fromRight, left, fromLeft);
            }
        }
        return carried;
    }

    private long oneWay(End from, TrainingFrames frames, End to, TrainingFrames back) throws TapException {
        return bulk(from, frames, to, back) + small(from, frames, to) + echo(from, frames, to, back);
    }

    /** Of the frames that have arrived, in bytes. */
    int longest() {
        return longest;
    }

    List<RunningTunnel> tunnels() {
        return List.of(left.tunnel(), right.tunnel());
    }

    private long bulk(End from, TrainingFrames frames, End to, TrainingFrames back) throws TapException {
        long carried = 0;
        for (int turn = 0; turn < BULK_TURNS; turn++) {
            from.offer(frames.superFrame());
            LockSupport.parkNanos(PAUSE_NANOS);
            long arrived = drain(to);
            for (int i = 0; i < arrived; i++) {
                to.offer(back.acknowledgment());
            }
            carried += arrived + drain(from);
        }
        return carried;
    }

    private long small(End from, TrainingFrames frames, End to) throws TapException {
        long carried = 0;
        for (int turn = 0; turn < SMALL_TURNS; turn++) {
            for (int i = 0; i < SMALL_PACKETS; i++) {
                from.offer(frames.datagram());
            }
            LockSupport.parkNanos(PAUSE_NANOS);
            carried += drain(to);
        }
        return carried;
    }

    private long echo(End from, TrainingFrames frames, End to, TrainingFrames back) throws TapException {
        long carried = 0;
        for (int turn = 0; turn < ECHOES; turn++) {
            from.offer(frames.datagram());
            carried += await(to);
            to.offer(back.datagram());
            carried += await(from);
        }
        return carried;
    }

    private long await(End end) throws TapException {
        for (int i = 0; i < PATIENCE; i++) {
            long arrived = drain(end);
            if (arrived > 0) {
                return arrived;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return 0;
    }

    private long drain(End end) throws TapException {
        long frames = 0;
        int bytes;
        while ((bytes = end.device.farEnd().read(received.clear())) > 0) {
            longest = Math.max(longest, bytes);
            frames++;
        }
        return frames;
    }

    @Override
    public void close() {
        right.close();
        left.close();
        received.release();
    }

    private record End(TunnelConfig config, RunningTunnel tunnel, SocketTap device) implements AutoCloseable {
        static End start(int number, PrivateKey key, PublicKey peerKey, Optional<RemoteName> peer) throws IOException {
            InterfaceConfig device = new InterfaceConfig(
                    "training" + number,
                    TapMode.TAP,
                    key,
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                    List.of(),
                    OptionalInt.empty(),
                    Optional.empty(),
                    1,
                    1000,
                    false,
                    OffloadConfig.ALL);
            PeerConfig other = new PeerConfig(
                    "other",
                    peerKey,
                    Optional.empty(),
                    peer,
                    Optional.empty(),
                    Set.of(),
                    List.of(),
                    Optional.empty(),
                    true);
            List<SocketTap> made = new ArrayList<>(1);
            TunnelConfig config = new TunnelConfig(device, CryptoConfig.DEFAULT, List.of(other));
            RunningTunnel tunnel = CoreTunnel.start(config, spec -> {
                SocketTap tap = SocketTap.open(spec);
                made.add(tap);
                return tap;
            });
            return new End(config, tunnel, made.getFirst());
        }

        /** Where the tunnel listens. */
        RemoteName bound() {
            String listening = tunnel.status().listenAddress();
            try {
                return AddressText.remote(listening);
            } catch (BadValueException e) {
                throw new IllegalStateException(listening, e);
            }
        }

        MacAddress address() {
            return device.hardwareAddress().orElseThrow();
        }

        /** As a full queue of a device does, a full socket loses what does not fit. */
        void offer(ByteBuf frame) throws TapException {
            boolean _ = device.farEnd().write(frame, 0, frame.writerIndex());
        }

        @Override
        public void close() {
            tunnel.close();
            config.close();
        }
    }
}
