package dev.culvert.bench.contest;

import dev.culvert.bench.result.Samples;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * Every measurement of a contest.
 *
 * @param subjects in the order they were given
 * @param stealPercent per round: what the hypervisor took
 * @param foreignPercent per round: what programs took that have no part in it
 */
public record ContestResult(
        List<String> subjects,
        List<Workload> workloads,
        List<Measurement> measurements,
        Samples stealPercent,
        Samples foreignPercent) {
    public ContestResult {
        subjects = List.copyOf(subjects);
        workloads = List.copyOf(workloads);
        measurements = List.copyOf(measurements);
    }

    /** In the order of the rounds. */
    public List<Measurement> of(String subject, Workload workload) {
        return measurements.stream()
                .filter(each ->
                        each.subject().equals(subject) && each.workload().equals(workload))
                .toList();
    }

    /**
     * One figure of a subject over the rounds. Empty when a round does not have it: what is left could not be set beside
     * the same rounds of others.
     */
    public Optional<Samples> samples(String subject, Workload workload, Function<Measurement, OptionalDouble> figure) {
        List<OptionalDouble> rounds = of(subject, workload).stream().map(figure).toList();
        return rounds.isEmpty() || rounds.stream().anyMatch(OptionalDouble::isEmpty)
                ? Optional.empty()
                : Optional.of(new Samples(
                        rounds.stream().map(OptionalDouble::orElseThrow).toList()));
    }
}
