package dev.culvert.peers;

import dev.culvert.bench.Progress;
import dev.culvert.bench.contest.Contest;
import dev.culvert.bench.contest.ContestResult;
import dev.culvert.bench.contest.ContestSections;
import dev.culvert.bench.contest.Generator;
import dev.culvert.bench.contest.Subject;
import dev.culvert.bench.contest.Workload;
import dev.culvert.bench.contest.Workload.RequestResponse;
import dev.culvert.bench.contest.Workload.TcpStreams;
import dev.culvert.bench.contest.Workload.UdpRate;
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

    /** A datagram of 1400 bytes, headers included, which fits the MTU of every tunnel; one with 1400 of payload would not. */
    private static final int LARGE_PAYLOAD_BYTES = 1400 - 28;

    private static final int SMALL_PAYLOAD_BYTES = 64;
    /** Datagrams a second; 0 as many as can be made. */
    private static final int[] RATES = {20_000, 60_000, 0};

    private static final List<Workload> TCP = List.of(
            new TcpStreams(1, false), new TcpStreams(1, true), new TcpStreams(4, false), new TcpStreams(4, true));
    private static final Duration WARM_UP = Duration.ofMillis(300);
    /** What a measurement takes besides its length: sockets, ramp, counters. */
    private static final Duration OVERHEAD = Duration.ofMillis(400);

    private final LabLink cable;
    private final Generator generator;
    private final List<Subject> subjects;
    private final Contest.Settings settings;

    Passes(LabLink cable, Generator generator, List<? extends Subject> subjects, int rounds, Duration length) {
        this.cable = cable;
        this.generator = generator;
        this.subjects = List.copyOf(subjects);
        this.settings = new Contest.Settings(rounds, length, WARM_UP, System.nanoTime(), true);
    }

    /** @param stealPercent one value a round, of both passes together */
    record Outcome(List<Section> sections, Samples stealPercent) {}

    static boolean isWithoutOffloads(String sectionId) {
        return sectionId.endsWith(WITHOUT_OFFLOADS);
    }

    /** Of both passes. */
    static List<Workload> everything() {
        List<Workload> workloads = new ArrayList<>(TCP);
        for (int payloadBytes : new int[] {SMALL_PAYLOAD_BYTES, LARGE_PAYLOAD_BYTES}) {
            for (int rate : RATES) {
                workloads.add(new UdpRate(payloadBytes, rate));
            }
        }
        workloads.add(new RequestResponse(SMALL_PAYLOAD_BYTES));
        return workloads;
    }

    Duration estimate() {
        int measurements = subjects.size() * (everything().size() + TCP.size());
        return WARM_UP.plus(OVERHEAD)
                .plus(settings.length().plus(OVERHEAD).multipliedBy(settings.rounds()))
                .multipliedBy(measurements);
    }

    Outcome run(Progress progress) throws IOException {
        double share = (double) everything().size() / (everything().size() + TCP.size());
        cable.offloads(true);
        ContestResult with = contest(everything(), (what, done) -> progress.onStep(what, done * share));
        cable.offloads(false);
        ContestResult without =
                contest(TCP, (what, done) -> progress.onStep("without offloads, " + what, share + done * (1 - share)));
        List<Section> sections = Stream.concat(
                        sections(with).stream(), sections(without).stream().flatMap(Passes::marked))
                .toList();
        List<Double> steal = new ArrayList<>(with.stealPercent().rounds());
        steal.addAll(without.stealPercent().rounds());
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
