package dev.culvert.cli.run;

import dev.culvert.config.TunnelConfig;
import dev.culvert.tunnel.TunnelStatus;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Starts a tunnel that a signal may stop before it runs. Whoever closes this while the start is under way waits for its
 * end: only then is it known what has to be taken back.
 */
final class StoppableStart implements AutoCloseable {
    private final TunnelLauncher launcher;
    private boolean isStopped;
    private @Nullable RunningTunnel tunnel;

    /** @param status from before anybody could stop the tunnel: a stopped one has none */
    record Started(RunningTunnel tunnel, TunnelStatus status) {}

    StoppableStart(TunnelLauncher launcher) {
        this.launcher = launcher;
    }

    /** Empty when it was stopped before it began. */
    synchronized Optional<Started> run(TunnelConfig config) throws IOException {
        if (isStopped) {
            return Optional.empty();
        }
        RunningTunnel started = launcher.start(config);
        tunnel = started;
        return Optional.of(new Started(started, started.status()));
    }

    @Override
    public synchronized void close() {
        isStopped = true;
        if (tunnel != null) {
            tunnel.close();
        }
    }
}
