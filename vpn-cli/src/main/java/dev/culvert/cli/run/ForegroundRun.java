package dev.culvert.cli.run;

import dev.culvert.cli.control.AlreadyRunningException;
import dev.culvert.cli.control.ControlServer;
import dev.culvert.cli.control.RunDirectory;
import dev.culvert.config.TunnelConfig;
import java.io.IOException;

/** One tunnel from its start to its end. */
public final class ForegroundRun {
    private final TunnelLauncher launcher;
    private final RunDirectory directory;
    private final ReadyNotifier notifier;

    public ForegroundRun(TunnelLauncher launcher, RunDirectory directory, ReadyNotifier notifier) {
        this.launcher = launcher;
        this.directory = directory;
        this.notifier = notifier;
    }

    /**
     * Returns when the tunnel has stopped: asked over the control socket, or by SIGINT or SIGTERM.
     *
     * @throws AlreadyRunningException when a tunnel of this name runs; nothing was changed
     */
    public void run(TunnelConfig config) throws IOException, InterruptedException {
        // The socket comes first: it is what keeps a second process of the same name from touching the device.
        try (ControlServer control =
                        ControlServer.bind(directory, config.device().name());
                RunningTunnel tunnel = launcher.start(config)) {
            Thread hook = Thread.ofPlatform().name("stop-on-signal").unstarted(() -> stop(tunnel, control));
            Runtime.getRuntime().addShutdownHook(hook);
            try {
                control.serve(tunnel::status, tunnel::close);
                notifier.ready(tunnel.status());
                tunnel.awaitStop();
            } finally {
                forget(hook);
            }
        }
    }

    private static void stop(RunningTunnel tunnel, ControlServer control) {
        tunnel.close();
        control.close();
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException _) {
            // the shutdown has begun: the hook is what brought us here
        }
    }
}
