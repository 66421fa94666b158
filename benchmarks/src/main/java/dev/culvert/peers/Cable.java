package dev.culvert.peers;

/** The veth between the two hosts alone, with its MTU of 1500: what the kernel carries when nobody tunnels. */
final class Cable implements Peer {
    static final String NAME = "veth alone";

    private static final int MTU = 1500;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public RunningPeer start(Place place) {
        return RunningPeer.cable(NAME, place, MTU);
    }
}
