package dev.culvert.peers;

import dev.culvert.lab.Lab;
import dev.culvert.lab.LabException;
import dev.culvert.lab.LabHost;
import dev.culvert.lab.LabLink;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Peers side by side, all up at once between the same two hosts over the same cable.
 *
 * <pre>
 *  one                                        two
 *  peer1    10.96.1.1 ======= UDP ====== 10.96.1.2 peer1
 *  peer2    10.96.2.1 ======= UDP ====== 10.96.2.2 peer2 ...
 *  eth0     192.0.2.1 ------ veth ------ 192.0.2.2 eth0
 * </pre>
 */
final class Gathering implements AutoCloseable {
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(60);
    private static final String[] ALWAYS_NEEDED = {"ping", "ethtool"};

    private final Lab lab;
    private final LabHost one;
    private final LabHost two;
    private final LabLink cable;
    private final int mtu;
    private final List<RunningPeer> running = new ArrayList<>();
    private int places;

    private Gathering(Lab lab, int mtu) throws LabException {
        this.lab = lab;
        this.mtu = mtu;
        this.one = lab.host("one");
        this.two = lab.host("two");
        this.cable = lab.link(one, Place.underlayAddress(1) + "/24", two, Place.underlayAddress(2) + "/24")
                .offloads(true);
    }

    /**
     * The hosts and the cable between them, still without peers.
     *
     * @param mtu as {@link Place#mtu}
     */
    static Gathering open(List<Peer> peers, int mtu, String... programs) throws LabException {
        Lab lab = Lab.open(Stream.of(
                        Stream.of(ALWAYS_NEEDED),
                        Stream.of(programs),
                        peers.stream().flatMap(peer -> peer.programs().stream()))
                .flatMap(names -> names)
                .distinct()
                .toArray(String[]::new));
        try {
            return new Gathering(lab, mtu);
        } catch (LabException e) {
            lab.close();
            throw e;
        }
    }

    /**
     * Starts all, and returns when full packets pass through each, both ways.
     *
     * @throws LabException with the log lines of the peer where they do not
     */
    void start(List<Peer> peers, Consumer<String> onStep) throws IOException {
        Map<Peer, RunningPeer> started = new LinkedHashMap<>();
        for (Peer peer : peers) {
            onStep.accept("starting " + peer.name());
            started.put(peer, start(peer));
        }
        running.addAll(started.values());
        for (Map.Entry<Peer, RunningPeer> each : started.entrySet()) {
            onStep.accept("waiting until " + each.getKey().name() + " is ready");
            Reachability reachability = new Reachability(each.getValue());
            reachability.await(CONNECT_LIMIT);
            each.getKey().awaitSettled(each.getValue());
            reachability.ensureMtu();
        }
    }

    private RunningPeer start(Peer peer) throws IOException {
        Place place = new Place(lab, one, two, ++places, lab.folder(), mtu);
        try {
            return peer.start(place);
        } catch (IOException e) {
            throw new LabException(peer.name() + " does not start: " + e.getMessage(), e);
        }
    }

    /** In the order in which they were started. */
    List<RunningPeer> running() {
        return List.copyOf(running);
    }

    LabHost one() {
        return one;
    }

    LabHost two() {
        return two;
    }

    LabLink cable() {
        return cable;
    }

    int mtu() {
        return mtu;
    }

    Lab lab() {
        return lab;
    }

    @Override
    public void close() throws LabException {
        lab.close();
    }
}
