package dev.culvert.peers;

import dev.culvert.bench.Progress;
import dev.culvert.bench.contest.Contest;
import dev.culvert.bench.contest.ContestResult;
import dev.culvert.bench.contest.ContestSections;
import dev.culvert.bench.contest.Generator;
import dev.culvert.bench.result.Section;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The parts of a run, one after the other, between the same peers. */
final class Passes {
    private final Gathering gathering;
    private final Generator generator;
    private final List<RunningPeer> peers;
    private final WarmUp warmUp;
    private final Plan plan;

    /** @param gathering with all of its peers running */
    Passes(Gathering gathering, Generator generator, Plan plan) {
        this.gathering = gathering;
        this.peers = gathering.running();
        this.generator = new LivePeers(generator);
        this.warmUp = WarmUp.of(this.generator, peers, plan.length());
        this.plan = plan;
    }

    /**
     * @param stealPercent one value a round
     * @param foreignPercent of the rounds of all passes but that of pings
     */
    record Outcome(
            List<Section> sections, List<Double> stealPercent, List<Double> foreignPercent, List<String> warnings) {
        Outcome and(Outcome next) {
            return new Outcome(
                    joined(sections, next.sections),
                    joined(stealPercent, next.stealPercent),
                    joined(foreignPercent, next.foreignPercent),
                    joined(warnings, next.warnings));
        }

        private static <T> List<T> joined(List<T> some, List<T> more) {
            return Stream.concat(some.stream(), more.stream()).toList();
        }
    }

    Duration estimate() {
        return plan.passes().stream().map(this::estimate).reduce(Duration.ZERO, Duration::plus);
    }

    private Duration estimate(Pass pass) {
        Duration measuring = plan.estimate(pass, peers.size());
        return needsWarmUp(pass) ? measuring.plus(warmUp.estimate()) : measuring;
    }

    /** Whether it is the first over such a cable. */
    private boolean needsWarmUp(Pass pass) {
        return plan.passes().stream()
                .filter(each -> each.hasOffloads() == pass.hasOffloads())
                .findFirst()
                .equals(Optional.of(pass));
    }

    /** Leaves the cable with its offloads on. */
    Outcome run(Progress progress) throws IOException {
        Outcome outcome = new Outcome(List.of(), List.of(), List.of(), List.of());
        double all = estimate().toMillis();
        double done = 0;
        for (Pass pass : plan.passes()) {
            double begins = done / all;
            double share = estimate(pass).toMillis() / all;
            outcome = outcome.and(run(
                    pass, (what, part) -> progress.onStep("%s, %s".formatted(pass.id(), what), begins + part * share)));
            done += estimate(pass).toMillis();
        }
        return outcome;
    }

    private Outcome run(Pass pass, Progress progress) throws IOException {
        gathering.cable().offloads(pass.hasOffloads());
        try (var _ = pass == Pass.LOSS ? LossyCable.in(gathering) : LossyCable.none()) {
            if (needsWarmUp(pass)) {
                warmUp.run(progress);
            }
            return pass == Pass.PING
                    ? new Pings(peers, plan.rounds(), plan.length(Pass.PING), System.nanoTime()).run(progress)
                    : contest(pass, progress);
        } finally {
            gathering.cable().offloads(true);
        }
    }

    private Outcome contest(Pass pass, Progress progress) throws IOException {
        boolean counts = pass == Pass.SYSTEM_CALLS;
        Contest.Settings settings =
                new Contest.Settings(plan.rounds(), plan.length(pass), Plan.WARM_UP, System.nanoTime(), counts);
        ContestResult result = new Contest(generator, List.copyOf(peers), plan.workloads(pass), settings).run(progress);
        Stream<Section> sections = counts
                ? SystemCallSections.of(result, sections(result))
                : sections(result).flatMap(section -> pass.isMarked() ? marked(pass, section) : Stream.of(section));
        List<String> warnings = counts ? List.of() : Warnings.of(result);
        return new Outcome(
                sections.toList(),
                result.stealPercent().rounds(),
                result.foreignPercent().rounds(),
                warnings);
    }

    /** All but own counts, which mean something beside those of perf alone. */
    private static Stream<Section> sections(ContestResult result) {
        Optional<String> reference = Optional.of(TapLoopback.OFFLOADED).filter(result.subjects()::contains);
        return ContestSections.of(result, reference).stream()
                .filter(section -> !section.id().endsWith("-crossings"));
    }

    private static Stream<Section> marked(Pass pass, Section section) {
        return section instanceof Section.Bars bars
                ? Stream.of(new Section.Bars(
                        bars.id() + pass.suffix(),
                        bars.title() + pass.mark(),
                        bars.explanation(),
                        bars.quantity(),
                        bars.reference(),
                        bars.bars()))
                : Stream.empty();
    }
}
