package dev.culvert.peers;

import dev.culvert.cli.CulvertCommandLine;

/** Where {@code benchmarks/peers} enters. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(CulvertCommandLine.single(new PeersCommand(System.in)).execute(args));
    }
}
