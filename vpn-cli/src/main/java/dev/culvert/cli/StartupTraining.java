package dev.culvert.cli;

import dev.culvert.cli.run.RunningTunnel;
import dev.culvert.cli.training.LaneTraining;
import dev.culvert.config.TunnelConfig;
import dev.culvert.time.WallClock;
import dev.culvert.tunnel.TunnelStatus;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/**
 * Not a command: what {@code ./culvert} runs once after a build, so that the JVM can record what the commands load at
 * their start (JEP 514), and which ways frames take through the lanes (JEP 515): a tunnel then compiles them when it
 * starts, not after thousands of frames. The tunnel of the commands is a stand-in that answers questions and carries
 * nothing. Whatever fails here is loaded the slow way later, and nothing more.
 */
final class StartupTraining {
    private static final Duration LIMIT = Duration.ofSeconds(5);
    /** Until what carries frames is compiled for good. */
    private static final Duration LANES = Duration.ofSeconds(6);

    private static final String TUNNEL = "culvert0";

    private StartupTraining() {}

    /** @param args an empty folder of our own, and for what: {@code errand}, or {@code carrier}, which carries frames, too */
    public static void main(String[] args) throws InterruptedException, IOException {
        Path folder = Path.of(args[0]);
        CommandContext context = new CommandContext(
                StandIn::new,
                Map.of("CULVERT_RUN_DIR", folder.resolve("run").toString()),
                WallClock.system(),
                Thread::sleep,
                InputStream.nullInputStream());
        run(context, "--version");
        run(context, "--help");
        run(context, "init", "--hosts", "a,b", "--endpoints", "192.0.2.1,192.0.2.2", folder.toString());
        String file = folder.resolve("a").resolve(TUNNEL + ".toml").toString();
        run(context, "check", file);
        run(context, "status");
        Thread up = Thread.ofPlatform().daemon().start(() -> run(context, "up", file));
        long deadlineNanos = System.nanoTime() + LIMIT.toNanos();
        while (run(context, "status", TUNNEL) != ExitCodes.OK && System.nanoTime() - deadlineNanos < 0) {
            up.join(Duration.ofMillis(100));
        }
        run(context, "status", "--json");
        run(context, "down", TUNNEL);
        up.join(LIMIT);
        switch (args[1]) {
            case "errand" -> {}
            case "carrier" -> carryFrames();
            default -> throw new IllegalArgumentException("neither errand nor carrier: " + args[1]);
        }
    }

    private static void carryFrames() throws IOException {
        try (LaneTraining training = LaneTraining.start()) {
            long frames = training.carry(LANES);
            if (frames == 0) {
                throw new IOException("no frame has arrived");
            }
            System.out.println("trained on " + frames + " frames");
        }
    }

    private static int run(CommandContext context, String... args) {
        return CulvertCommandLine.of(context).execute(args);
    }

    private static final class StandIn implements RunningTunnel {
        private final CountDownLatch stopped = new CountDownLatch(1);
        private final TunnelStatus status;

        StandIn(TunnelConfig config) {
            TunnelStatus.Cipher cipher = new TunnelStatus.Cipher("chacha20-poly1305", "openssl", "");
            TunnelStatus.Peer peer = new TunnelStatus.Peer(
                    config.peers().getFirst().name(),
                    config.peers().getFirst().publicKey().toBase64(),
                    TunnelStatus.PeerState.ESTABLISHED,
                    "",
                    Optional.of("192.0.2.2:51820"),
                    Optional.empty(),
                    false,
                    Optional.of(cipher),
                    true,
                    Optional.of(Instant.now()),
                    Optional.empty(),
                    Optional.of(25L),
                    1,
                    1,
                    1,
                    1,
                    0,
                    0,
                    0,
                    List.of(),
                    List.of());
            status = new TunnelStatus(
                    config.device().name(),
                    "tap",
                    ProcessHandle.current().pid(),
                    Instant.now(),
                    peer.publicKey(),
                    "0.0.0.0:51820",
                    1424,
                    "02:00:00:00:00:01",
                    List.of(new TunnelStatus.Lane(1, 1)),
                    "epoll",
                    "csum",
                    List.of(cipher),
                    0,
                    Map.of(),
                    Map.of(),
                    List.of(),
                    List.of(),
                    List.of(peer));
        }

        @Override
        public TunnelStatus status() {
            return status;
        }

        @Override
        public void close() {
            stopped.countDown();
        }

        @Override
        public void awaitStop() throws InterruptedException {
            stopped.await();
        }
    }
}
