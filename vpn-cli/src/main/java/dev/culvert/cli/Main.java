package dev.culvert.cli;

import dev.culvert.cli.run.CoreTunnel;
import dev.culvert.time.WallClock;

/** Where the JVM enters. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(CulvertCommandLine.of(context()).execute(args));
    }

    static CommandContext context() {
        return new CommandContext(CoreTunnel::start, System.getenv(), WallClock.system(), Thread::sleep, System.in);
    }
}
