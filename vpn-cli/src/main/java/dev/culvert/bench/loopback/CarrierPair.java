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

    /** @param cipher with its engine, as status names them, that seals and opens each frame, or {@link CarrierMain#BARE} */
    static Starting start(LabHost first, LabHost second, Cable cable, Net net, int mtu, String cipher)
            throws LabException {
        int port = 40_000 + net.number();
        String name = cipher.equals(CarrierMain.BARE) ? UDP : ENCRYPTION;
        String[] common = {Integer.toString(mtu), Integer.toString(port), cipher};
        LabProcess one =
                start(first, name, net, net.first(), cable.firstAddress(), cable.secondAddress(), true, common);
        LabProcess other =
                start(second, name, net, net.second(), cable.secondAddress(), cable.firstAddress(), false, common);
        return new Starting(name, net, mtu, List.of(one, other));
    }

    private static LabProcess start(
            LabHost host,
            String name,
            Net net,
            String address,
            String local,
            String remote,
            boolean first,
            String[] common)
            throws LabException {
        return host.startJvm(
                name,
                CarrierMain.class,
                net.device(),
                Net.prefix(address),
                common[0],
                local,
                remote,
                common[1],
                common[2],
                Boolean.toString(first));
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
