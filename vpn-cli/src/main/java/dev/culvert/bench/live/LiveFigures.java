package dev.culvert.bench.live;

import dev.culvert.bench.result.Quantity;
import dev.culvert.bench.result.Samples;
import dev.culvert.bench.result.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * What one probe found.
 *
 * @param rounds in their order; never empty
 */
record LiveFigures(Probe probe, List<Round> rounds) {
    private static final double[] PERCENTS = {50, 90, 99, 100};
    private static final double NANOS_PER_MICRO = 1000;

    /**
     * One stretch of a round.
     *
     * @param cpuNanos of the tunnel's process meanwhile, where it can be known
     */
    record Round(Stretch stretch, Optional<Long> cpuNanos) {}

    LiveFigures {
        rounds = List.copyOf(rounds);
    }

    String name() {
        return probe.name();
    }

    Stream<Stretch> stretches() {
        return rounds.stream().map(Round::stretch);
    }

    boolean isLossy() {
        return !stretches().allMatch(Stretch::isAnsweredWholly);
    }

    /** Of the requests that the rate allowed, how many left; one more may have been due at the very end. */
    double shareOfRate() {
        return samples(stretches().map(each -> each.perSecond(each.sent() + 1) / probe.perSecond()))
                .median();
    }

    boolean hasCpu() {
        return rounds.stream().allMatch(each -> each.cpuNanos().isPresent());
    }

    static List<Section> sections(List<LiveFigures> all) {
        List<LiveFigures> loads =
                all.stream().filter(each -> each.probe.isLoad()).toList();
        List<Section> sections = new ArrayList<>(List.of(
                new Section.Percentiles(
                        "round-trip",
                        "Round trip",
                        "ICMP echo through the tunnel and back, answered by the far side's kernel. \"idle\" asks with small"
                                + " packets, at most 50 a second; the others with full ones at that rate each way.",
                        Quantity.ROUND_TRIP,
                        all.stream()
                                .flatMap(each -> each.distribution().stream())
                                .toList()),
                bars(
                        "carried",
                        "Carried, each way",
                        "Echo requests that came back, at rates up to the cap.",
                        Quantity.CARRIED,
                        loads,
                        LiveFigures::carriedMegabits),
                bars(
                        "loss",
                        "Lost",
                        "Requests that were not answered within a second of being sent: lost on either way, or late.",
                        Quantity.LOSS,
                        all,
                        (_, round) -> round.stretch().lossPercent())));
        if (loads.stream().allMatch(LiveFigures::hasCpu)) {
            sections.add(bars(
                    "cpu",
                    "CPU time of this end",
                    "Of the tunnel's process, for each packet out or in; what it does for others meanwhile is counted"
                            + " too.",
                    Quantity.CPU_PER_PACKET,
                    loads,
                    (_, round) -> cpuMicrosPerPacket(round)));
        }
        return sections;
    }

    private double carriedMegabits(Round round) {
        Stretch stretch = round.stretch();
        return probe.megabitsPerSecond(stretch.perSecond(stretch.answered()));
    }

    /** Each request is a packet out, each reply a packet in. */
    private static double cpuMicrosPerPacket(Round round) {
        long packets = round.stretch().sent() + round.stretch().answered();
        return round.cpuNanos().orElseThrow() / NANOS_PER_MICRO / packets;
    }

    /** Of the rounds in which there was an answer; empty when there was none in any. */
    private Optional<Section.Distribution> distribution() {
        List<Stretch> answered = stretches().filter(each -> each.answered() > 0).toList();
        if (answered.isEmpty()) {
            return Optional.empty();
        }
        List<Section.Percentile> percentiles = DoubleStream.of(PERCENTS)
                .mapToObj(percent -> new Section.Percentile(
                        percent,
                        samples(answered.stream().map(each -> each.roundTripNanos(percent) / NANOS_PER_MICRO))))
                .toList();
        return Optional.of(new Section.Distribution(probe.name(), percentiles));
    }

    private static Samples samples(Stream<Double> values) {
        return new Samples(values.toList());
    }

    /** What a round of these figures was worth. */
    @FunctionalInterface
    private interface Value {
        double of(LiveFigures figures, Round round);
    }

    private static Section bars(
            String id, String title, String explanation, Quantity quantity, List<LiveFigures> figures, Value value) {
        return new Section.Bars(
                id,
                title,
                explanation,
                quantity,
                Optional.empty(),
                figures.stream()
                        .map(each -> new Section.Bar(
                                each.probe.name(), samples(each.rounds.stream().map(round -> value.of(each, round)))))
                        .toList());
    }
}
