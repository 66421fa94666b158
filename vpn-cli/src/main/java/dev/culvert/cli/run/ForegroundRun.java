package dev.culvert.cli.run;

import dev.culvert.cli.control.AlreadyRunningException;
import dev.culvert.cli.control.ControlServer;
import dev.culvert.cli.control.RunDirectory;
import dev.culvert.config.TunnelConfig;
import java.io.IOException;
import java.util.Optional;

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
                StoppableStart start = new StoppableStart(launcher)) {
            Thread hook = Thread.ofPlatform().name("stop-on-signal").unstarted(() -> stop(start, control));
            if (!remember(hook)) {
                return;
            }
            try {
                Optional<StoppableStart.Started> started = start.run(config);
                if (started.isPresent()) {
                    carry(started.get(), control);
                }
            } finally {
                forget(hook);
            }
        }
    }

    private void carry(StoppableStart.Started started, ControlServer control) throws IOException, InterruptedException {
        control.serve(started.tunnel()::status, started.tunnel()::close);
        notifier.ready(started.status());
        started.tunnel().awaitStop();
    }

    private static void stop(StoppableStart start, ControlServer control) {
        start.close();
        control.close();
    }

    private static boolean remember(Thread hook) {
        try {
            Runtime.getRuntime().addShutdownHook(hook);
            return true;
        } catch (IllegalStateException _) {
            return false; // the shutdown has begun: what is not there yet need not be taken away
        }
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException _) {
            // the shutdown has begun: the hook is what brought us here
        }
    }
}
