package dev.culvert.bench.live;

import dev.culvert.bench.result.Quantity;
import dev.culvert.bench.result.Samples;
import dev.culvert.bench.result.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What one probe found, a value a round. */
final class LiveFigures {
    static final Quantity CARRIED = new Quantity("throughput each way", "Mbit/s", Quantity.Better.HIGHER);
    private static final double[] PERCENTS = {50, 90, 99, 100};
    private static final double NANOS_PER_MICRO = 1000;

    private final Probe probe;
    private final List<Double> carried = new ArrayList<>();
    private final List<Double> loss = new ArrayList<>();
    private final List<Double> cpuMicrosPerPacket = new ArrayList<>();
    private final List<List<Double>> roundTripMicros = new ArrayList<>();

    LiveFigures(Probe probe) {
        this.probe = probe;
        for (int i = 0; i < PERCENTS.length; i++) {
            roundTripMicros.add(new ArrayList<>());
        }
    }

    void add(EchoStretch.Result result, Optional<Long> cpuNanos) {
        carried.add(
                probe.megabitsPerSecond(result.returned() * 1e9 / result.took().toNanos()));
        loss.add(result.lossPercent());
        // Each request is a packet out, each reply a packet in.
        long packets = result.sent() + result.returned();
        cpuNanos.filter(_ -> packets > 0).ifPresent(nanos -> cpuMicrosPerPacket.add(nanos / NANOS_PER_MICRO / packets));
        if (result.returned() > 0) {
            for (int i = 0; i < PERCENTS.length; i++) {
                roundTripMicros.get(i).add(result.roundTrips().getValueAtPercentile(PERCENTS[i]) / NANOS_PER_MICRO);
            }
        }
    }

    boolean isLossy() {
        return loss.stream().anyMatch(each -> each > 0);
    }

    String name() {
        return probe.name();
    }

    static List<Section> sections(List<LiveFigures> all) {
        List<LiveFigures> loads =
                all.stream().filter(each -> each.probe.isLoad()).toList();
        return List.of(
                new Section.Percentiles(
                        "round-trip",
                        "Round trip",
                        "ICMP echo through the tunnel and back, answered by the far side's kernel. \"idle\" asks with small"
                                + " packets, one at a time; the others with full ones at that rate each way.",
                        Quantity.ROUND_TRIP,
                        all.stream()
                                .filter(LiveFigures::answered)
                                .map(LiveFigures::distribution)
                                .toList()),
                bars(
                        "carried",
                        "Carried, each way",
                        "Echo requests that came back, at rates up to the cap.",
                        CARRIED,
                        loads,
                        each -> each.carried),
                bars(
                        "loss",
                        "Lost",
                        "Requests without a reply within a second: lost on either way.",
                        Quantity.LOSS,
                        all,
                        each -> each.loss),
                bars(
                        "cpu",
                        "CPU time of this end",
                        "Of the tunnel's process, for each packet out or in; what it does for"
                                + " others meanwhile is counted too.",
                        Quantity.CPU_PER_PACKET,
                        loads.stream()
                                .filter(each -> !each.cpuMicrosPerPacket.isEmpty())
                                .toList(),
                        each -> each.cpuMicrosPerPacket));
    }

    private boolean answered() {
        return !roundTripMicros.getFirst().isEmpty();
    }

    private Section.Distribution distribution() {
        List<Section.Percentile> percentiles = new ArrayList<>();
        for (int i = 0; i < PERCENTS.length; i++) {
            percentiles.add(new Section.Percentile(PERCENTS[i], new Samples(roundTripMicros.get(i))));
        }
        return new Section.Distribution(probe.name(), percentiles);
    }

    private static Section bars(
            String id,
            String title,
            String explanation,
            Quantity quantity,
            List<LiveFigures> figures,
            Function<LiveFigures, List<Double>> values) {
        return new Section.Bars(
                id,
                title,
                explanation,
                quantity,
                Optional.empty(),
                figures.stream()
                        .map(each -> new Section.Bar(each.probe.name(), new Samples(values.apply(each))))
                        .toList());
    }
}
