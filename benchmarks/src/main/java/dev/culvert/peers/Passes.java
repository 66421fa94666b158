package dev.culvert.peers;

import dev.culvert.bench.Progress;
import dev.culvert.bench.contest.Contest;
import dev.culvert.bench.contest.ContestResult;
import dev.culvert.bench.contest.ContestSections;
import dev.culvert.bench.contest.Generator;
import dev.culvert.bench.contest.Subject;
import dev.culvert.bench.contest.Workload;
import dev.culvert.bench.result.Samples;
import dev.culvert.bench.result.Section;
import dev.culvert.lab.LabLink;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The two contests of a run between the same peers: everything over a cable with the kernel's offloads, then over one without
 * them what they matter to most, TCP.
 */
final class Passes {
    /** At the end of the ids of the second pass. */
    static final String WITHOUT_OFFLOADS = "-without-offloads";

    private static final Duration WARM_UP = Duration.ofMillis(300);
    /** What a measurement takes besides its length: sockets, ramp, counters. */
    private static final Duration OVERHEAD = Duration.ofMillis(400);

    private final LabLink cable;
    private final Generator generator;
    private final List<Subject> subjects;
    private final Traffic traffic;
    private final Contest.Settings settings;

    /** @param gathering with all of its peers running */
    Passes(Gathering gathering, Generator generator, Traffic traffic, int rounds, Duration length) {
        this.cable = gathering.cable();
        this.subjects = List.copyOf(gathering.running());
        this.generator = generator;
        this.traffic = traffic;
        this.settings = new Contest.Settings(rounds, length, WARM_UP, System.nanoTime(), true);
    }

    /** @param stealPercent one value a round, of the first pass and then of the second */
    record Outcome(List<Section> sections, Samples stealPercent) {}

    static boolean isWithoutOffloads(String sectionId) {
        return sectionId.endsWith(WITHOUT_OFFLOADS);
    }

    Duration estimate() {
        return WARM_UP.plus(OVERHEAD)
                .plus(settings.length().plus(OVERHEAD).multipliedBy(settings.rounds()))
                .multipliedBy(subjects.size() * (long) traffic.size());
    }

    /** Leaves the cable with its offloads on. */
    Outcome run(Progress progress) throws IOException {
        List<Section> sections = new ArrayList<>();
        List<Double> steal = new ArrayList<>();
        double share = (double) traffic.withOffloads().size() / traffic.size();
        cable.offloads(true);
        ContestResult with = contest(traffic.withOffloads(), (what, done) -> progress.onStep(what, done * share));
        sections.addAll(sections(with));
        steal.addAll(with.stealPercent().rounds());
        if (!traffic.withoutOffloads().isEmpty()) {
            cable.offloads(false);
            ContestResult without = contest(
                    traffic.withoutOffloads(),
                    (what, done) -> progress.onStep("without offloads, " + what, share + done * (1 - share)));
            cable.offloads(true);
            sections(without).stream().flatMap(Passes::marked).forEach(sections::add);
            steal.addAll(without.stealPercent().rounds());
        }
        return new Outcome(sections, new Samples(steal));
    }

    private ContestResult contest(List<Workload> workloads, Progress progress) throws IOException {
        return new Contest(generator, subjects, workloads, settings).run(progress);
    }

    private List<Section> sections(ContestResult result) {
        return ContestSections.of(result, Optional.of(TapLoopback.OFFLOADED).filter(result.subjects()::contains));
    }

    private static Stream<Section> marked(Section section) {
        return section instanceof Section.Bars bars
                ? Stream.of(new Section.Bars(
                        bars.id() + WITHOUT_OFFLOADS,
                        bars.title() + ", veth without offloads",
                        bars.explanation(),
                        bars.quantity(),
                        bars.reference(),
                        bars.bars()))
                : Stream.empty();
    }
}
