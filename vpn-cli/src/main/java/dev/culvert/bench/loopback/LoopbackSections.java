package dev.culvert.bench.loopback;

import dev.culvert.bench.contest.ContestResult;
import dev.culvert.bench.contest.ContestSections;
import dev.culvert.bench.contest.Measurement;
import dev.culvert.bench.contest.Workload;
import dev.culvert.bench.result.Quantity;
import dev.culvert.bench.result.Section;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/** The contest's sections, and before them the ladder from plain TAP to tunnel. */
final class LoopbackSections {
    /** Subjects of the ladder, and what each adds to the one before. */
    static final Map<String, String> STEPS = new LinkedHashMap<>();

    static {
        STEPS.put(PlainTap.WITH_OFFLOADS, "plain TAP loopback");
        STEPS.put(CarrierPair.UDP, "+ UDP");
        STEPS.put(CarrierPair.ENCRYPTION, "+ encryption");
        STEPS.put(TunnelPair.NAME, "+ protocol, switch, accounting");
    }

    private static final String STEPS_EXPLAINED =
            "With super-frames, one step at a time, each with all before it. Plain TAP loopback: one process, two TAPs."
                    + " + UDP: two processes, a TAP and a UDP socket each, super-frames cut into datagrams and joined again."
                    + " + encryption: each frame sealed and opened with the tunnel's cipher. The last is the tunnel.";

    private LoopbackSections() {}

    static List<Section> of(ContestResult result) {
        List<Section> sections = new ArrayList<>();
        for (Workload workload : result.workloads()) {
            Optional<Section> ladder = switch (workload) {
                case Workload.TcpStreams _ ->
                    ladder(result, workload, Quantity.CPU_PER_GIGABYTE, Measurement::cpuSecondsPerGigabyte);
                case Workload.UdpRate _, Workload.RequestResponse _ ->
                    ladder(result, workload, Quantity.CPU_PER_PACKET, Measurement::cpuMicrosPerFrame);
            };
            ladder.ifPresent(sections::add);
        }
        sections.addAll(ContestSections.of(result, Optional.of(PlainTap.NAME)));
        return sections;
    }

    /** None where a step carried nothing: it has no price. */
    private static Optional<Section> ladder(
            ContestResult result, Workload workload, Quantity quantity, Function<Measurement, OptionalDouble> figure) {
        List<Section.Step> steps = new ArrayList<>();
        STEPS.forEach((subject, step) -> result.samples(subject, workload, figure)
                .ifPresent(samples -> steps.add(new Section.Step(step, samples))));
        String title = "From plain TAP to the tunnel, %s: %s".formatted(workload.title(), quantity.name());
        return steps.size() < STEPS.size()
                ? Optional.empty()
                : Optional.of(new Section.Ladder(workload.id() + "-ladder", title, STEPS_EXPLAINED, quantity, steps));
    }
}
