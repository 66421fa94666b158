package dev.culvert.cli;

import dev.culvert.time.WallClock;

/** The real command line in a process of its own, with a tunnel that needs no root. */
final class ScriptedMain {
    private ScriptedMain() {}

    public static void main(String[] args) {
        CommandContext context = new CommandContext(
                ScriptedTunnel::start, System.getenv(), WallClock.system(), Thread::sleep, System.in);
        System.exit(CulvertCommandLine.of(context).execute(args));
    }
}
