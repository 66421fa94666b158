package dev.culvert.cli;

import dev.culvert.cli.control.RunDirectory;
import dev.culvert.cli.run.TunnelLauncher;
import dev.culvert.time.WallClock;
import java.io.InputStream;
import java.time.Duration;
import java.util.Map;

/** What the commands know of the world around them; a test gives them another one. */
record CommandContext(
        TunnelLauncher launcher, Map<String, String> environment, WallClock clock, Pause pause, InputStream in) {
    /** Waiting, between two drawings of a status. */
    @FunctionalInterface
    interface Pause {
        void pause(Duration length) throws InterruptedException;
    }

    RunDirectory runDirectory() {
        return RunDirectory.of(environment);
    }
}
