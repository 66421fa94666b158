package dev.culvert.bench.loopback;

import dev.culvert.bench.contest.Subject;
import dev.culvert.lab.LabException;
import dev.culvert.lab.LabHost;
import dev.culvert.lab.LabProcess;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/** A step between plain TAP and tunnel: a {@link Carrier} in each host, UDP over the cable between them. */
record CarrierPair(
        String name,
        String firstAddress,
        String secondAddress,
        int mtu,
        List<ProcessHandle> processes,
        List<LabProcess> ends)
        implements Subject {
    static final String UDP = "+ UDP";
    static final String ENCRYPTION = "+ encryption";

    private static final int FIRST_PORT = 40_000;
    private static final Duration START_LIMIT = Duration.ofSeconds(30);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(10);

    /** Both ends, started and not waited for. */
    record Starting(String name, Net net, int mtu, List<LabProcess> ends) {
        CarrierPair await() throws LabException {
            for (LabProcess end : ends) {
                end.awaitLine(CarrierMain.READY, START_LIMIT);
            }
            List<ProcessHandle> processes =
                    List.of(ends.getFirst().handle(), ends.getLast().handle());
            return new CarrierPair(name, net.first(), net.second(), mtu, processes, ends);
        }
    }

    static Starting start(LabHost first, LabHost second, Cable cable, Net net, int mtu, CarrierEnd.Seal seal)
            throws LabException {
        String name = seal.equals(CarrierEnd.Seal.NONE) ? UDP : ENCRYPTION;
        String device = net.device();
        String near = cable.firstAddress();
        String far = cable.secondAddress();
        int port = FIRST_PORT + net.number();
        CarrierEnd one = new CarrierEnd(device, Net.prefix(net.first()), mtu, near, far, port, seal, true);
        CarrierEnd other = new CarrierEnd(device, Net.prefix(net.second()), mtu, far, near, port, seal, false);
        LabProcess oneStarting = first.startJvm(name, CarrierMain.class, one.words());
        LabProcess otherStarting = second.startJvm(name, CarrierMain.class, other.words());
        return new Starting(name, net, mtu, List.of(oneStarting, otherStarting));
    }

    @Override
    public OptionalLong crossings() throws LabException {
        long calls = 0;
        for (LabProcess end : ends) {
            calls += Long.parseLong(end.ask(CarrierMain.COUNTS, ANSWER_LIMIT));
        }
        return OptionalLong.of(calls);
    }
}
