package dev.culvert.peers;

import dev.culvert.bench.contest.ContestResult;
import dev.culvert.bench.contest.Measurement;
import dev.culvert.bench.contest.Workload;
import dev.culvert.bench.result.Quantity;
import dev.culvert.bench.result.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** System calls as perf counts them, and what of them those count themselves that do. */
final class SystemCallSections {
    private static final String COUNTED = "-system-calls";
    private static final Quantity OWN_COUNT =
            new Quantity("system calls for frames, own count", "% of perf's", Quantity.Better.HIGHER);

    private SystemCallSections() {}

    /** @param sections all that {@code result} gives; of these only what was counted: the rest was slowed down by counting */
    static Stream<Section> of(ContestResult result, Stream<Section> sections) {
        return Stream.concat(
                sections.filter(section -> section.id().endsWith(COUNTED)),
                result.workloads().stream().flatMap(workload -> ownCount(result, workload).stream()));
    }

    private static Optional<Section> ownCount(ContestResult result, Workload workload) {
        List<Section.Bar> bars = new ArrayList<>();
        for (String subject : result.subjects()) {
            result.samples(subject, workload, SystemCallSections::percent)
                    .ifPresent(samples -> bars.add(new Section.Bar(subject, samples)));
        }
        return bars.isEmpty()
                ? Optional.empty()
                : Optional.of(new Section.Bars(
                        workload.id() + "-own-count",
                        "%s: %s".formatted(workload.title(), OWN_COUNT.name()),
                        "What a tunnel counts itself, of what perf counts in the same time.",
                        OWN_COUNT,
                        Optional.empty(),
                        bars));
    }

    private static OptionalDouble percent(Measurement measurement) {
        return measurement.crossings().isPresent() && measurement.systemCalls().orElse(0) > 0
                ? OptionalDouble.of(100
                        * measurement.crossings().getAsDouble()
                        / measurement.systemCalls().getAsDouble())
                : OptionalDouble.empty();
    }
}
