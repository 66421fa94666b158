package dev.culvert.cli;

import dev.culvert.cli.run.RunningTunnel;
import dev.culvert.config.TunnelConfig;
import dev.culvert.time.WallClock;
import java.io.IOException;

/** Where the JVM enters. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(CulvertCommandLine.of(context()).execute(args));
    }

    static CommandContext context() {
        return new CommandContext(Main::start, System.getenv(), WallClock.system(), Thread::sleep, System.in);
    }

    // Here dev.culvert.tunnel.Tunnel is to be bound.
    private static RunningTunnel start(TunnelConfig config) throws IOException {
        throw new IOException(config.device().name() + ": this build of Culvert has no tunnel in it yet");
    }
}
