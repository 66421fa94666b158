package dev.culvert.bench.contest;

import dev.culvert.bench.Progress;
import dev.culvert.bench.machine.ForeignLoad;
import dev.culvert.bench.machine.StealMeter;
import dev.culvert.bench.machine.SystemCallCount;
import dev.culvert.bench.result.Samples;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * The same traffic through several subjects, in rounds: whatever the machine does meanwhile, it does to all of them. In
 * each round every workload goes through every subject, one after the other, in an order that is drawn anew each time,
 * so that none always follows the same other. Before the first round everything goes through without being counted:
 * caches, ARP, compilers.
 *
 * <pre>
 * List&lt;Subject&gt; subjects = ...;      // all of them up
 * Contest contest = new Contest(new OwnGenerator(left, right), subjects, workloads, settings);
 * ContestResult result = contest.run(progress);
 * List&lt;Section&gt; sections = ContestSections.of(result, Optional.of("plain TAP"));
 * </pre>
 */
public final class Contest {
    /** A tunnel that is starved for a moment (TCP backs off, a flood has the processors) is asked again; one that is broken fails. */
    private static final int ATTEMPTS = 3;

    /** More than one, since a compiler works on: what the first has given it to do is done when the next begins. */
    private static final int WARM_UPS = 2;

    private final Generator generator;
    private final List<Subject> subjects;
    private final List<Workload> workloads;
    private final Settings settings;

    /**
     * @param length of one measurement
     * @param warmUp of each workload through each subject, in all; nothing of it counts
     * @param seed of the order
     * @param countsSystemCalls by perf, which must be installed
     */
    public record Settings(int rounds, Duration length, Duration warmUp, long seed, boolean countsSystemCalls) {}

    public Contest(Generator generator, List<Subject> subjects, List<Workload> workloads, Settings settings) {
        this.generator = generator;
        this.subjects = List.copyOf(subjects);
        this.workloads = List.copyOf(workloads);
        this.settings = settings;
    }

    /** @throws IOException the first thing that failed, naming subject and workload */
    public ContestResult run(Progress progress) throws IOException {
        if (settings.countsSystemCalls()) {
            SystemCallCount.check(); // now, and not when the warm-up is over
        }
        Random order = new Random(settings.seed());
        Steps steps = new Steps(progress);
        warmUp(steps);
        List<Measurement> measurements = new ArrayList<>();
        List<ProcessHandle> processes =
                subjects.stream().flatMap(each -> each.processes().stream()).toList();
        List<Double> steal = new ArrayList<>();
        List<Double> foreign = new ArrayList<>();
        for (int round = 1; round <= settings.rounds(); round++) {
            StealMeter stolen = StealMeter.start();
            ForeignLoad others = ForeignLoad.start(processes);
            for (Workload workload : workloads) {
                List<Subject> shuffled = new ArrayList<>(subjects);
                Collections.shuffle(shuffled, order);
                for (Subject subject : shuffled) {
                    steps.next("round %d of %d".formatted(round, settings.rounds()), subject, workload);
                    measurements.add(measure(subject, workload, round));
                }
            }
            steal.add(stolen.percent());
            foreign.add(others.percent());
        }
        List<String> names = subjects.stream().map(Subject::name).toList();
        return new ContestResult(names, workloads, measurements, new Samples(steal), new Samples(foreign));
    }

    /** In the reverse order: tunnels come after their yardsticks, and what they have to compile is done during those. */
    private void warmUp(Steps steps) throws IOException {
        for (int pass = 0; pass < WARM_UPS; pass++) {
            for (Subject subject : subjects.reversed()) {
                for (Workload workload : workloads) {
                    steps.next("warm-up", subject, workload);
                    var _ = run(subject, workload, settings.warmUp().dividedBy(WARM_UPS), Generator.Window.UNREAD);
                }
            }
        }
    }

    private Measurement measure(Subject subject, Workload workload, int round) throws IOException {
        for (int attempt = 1; ; attempt++) {
            Measurement measurement = measureOnce(subject, workload, round, attempt);
            if (measurement.carried().payloadBytes() > 0) {
                return measurement;
            }
            if (attempt == ATTEMPTS) {
                if (workload instanceof Workload.UdpRate) {
                    return measurement; // the flood has brought it down: that is a result
                }
                throw new IOException("%s, %s: nothing arrived".formatted(subject.name(), workload.id()));
            }
        }
    }

    private Measurement measureOnce(Subject subject, Workload workload, int round, int attempt) throws IOException {
        List<ProcessHandle> processes = subject.processes();
        if (!settings.countsSystemCalls() || processes.isEmpty()) {
            return measureOnce(new Meters(subject, processes, Optional.empty()), subject, workload, round, attempt);
        }
        try (SystemCallCount perf = SystemCallCount.of(processes)) {
            return measureOnce(new Meters(subject, processes, Optional.of(perf)), subject, workload, round, attempt);
        }
    }

    private Measurement measureOnce(Meters meters, Subject subject, Workload workload, int round, int attempt)
            throws IOException {
        Carried carried = run(subject, workload, settings.length(), meters);
        return meters.measurement(workload, round, attempt, carried, generator.flowsBeyondWindow(workload));
    }

    private Carried run(Subject subject, Workload workload, Duration length, Generator.Window window)
            throws IOException {
        try {
            return generator.run(subject, workload, length, window);
        } catch (IOException e) {
            throw new IOException("%s, %s: %s".formatted(subject.name(), workload.id(), e.getMessage()), e);
        }
    }

    private final class Steps {
        private final Progress progress;
        private int done;

        Steps(Progress progress) {
            this.progress = progress;
        }

        void next(String part, Subject subject, Workload workload) {
            double all = subjects.size() * workloads.size() * (double) (WARM_UPS + settings.rounds());
            progress.onStep("%s: %s, %s".formatted(part, subject.name(), workload.title()), done++ / all);
        }
    }
}
