package dev.culvert.peers;

import java.util.List;

/** All that are measured, in the order of the tables: the bounds first, then by kind. */
final class Peers {
    private Peers() {}

    static List<Peer> all() {
        return List.of(
                new Cable(),
                new TapLoopback(true),
                new TapLoopback(false),
                new Culvert(),
                new Fastd("null"),
                new Fastd("salsa2012+umac"),
                new Tinc(),
                new OpenVpn(),
                new WireGuardGo());
    }
}
