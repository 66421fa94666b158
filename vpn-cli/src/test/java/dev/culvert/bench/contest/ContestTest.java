package dev.culvert.bench.contest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.culvert.bench.result.Quantity;
import dev.culvert.bench.result.Section;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

final class ContestTest {
    private static final Workload TCP = new Workload.TcpStreams(1, false);
    private static final Workload UDP = new Workload.UdpRate(64, 1000);
    private static final Workload REQUESTS = new Workload.RequestResponse(64);
    private static final int ROUNDS = 8;
    /** Each of three workloads through each of three subjects, twice. */
    private static final int WARM_UP_RUNS = 2 * 3 * 3;

    private final ScriptedGenerator generator = new ScriptedGenerator();
    private final List<Subject> subjects =
            List.of(new ScriptedSubject("a", false), new ScriptedSubject("b", true), new ScriptedSubject("c", true));

    @Test
    void sendsEveryWorkloadThroughEverySubjectInEveryRoundAndTwiceBefore() throws IOException {
        List<Double> progress = new ArrayList<>();
        ContestResult result = contest(7).run((_, done) -> progress.add(done));

        for (Subject subject : subjects) {
            for (Workload workload : result.workloads()) {
                assertThat(result.of(subject.name(), workload).stream().map(Measurement::round))
                        .containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
            }
        }
        assertThat(generator.runs).hasSize(WARM_UP_RUNS + 3 * 3 * ROUNDS);
        assertThat(result.stealPercent().rounds()).hasSize(ROUNDS);
        assertThat(result.foreignPercent().rounds()).hasSize(ROUNDS);
        assertThat(progress).isSorted().hasSize(generator.runs.size()).allMatch(done -> done >= 0 && done < 1);
    }

    @Test
    void noneAlwaysFollowsTheSameOther() throws IOException {
        var _ = contest(7).run((_, _) -> {});
        List<String> counted = generator.runs.subList(WARM_UP_RUNS, generator.runs.size());
        Set<String> pairs = new HashSet<>();
        for (int i = 0; i < counted.size(); i++) {
            if (i % 3 != 0) {
                pairs.add(counted.get(i - 1) + counted.get(i));
            }
        }
        assertThat(pairs).containsExactlyInAnyOrder("ab", "ac", "ba", "bc", "ca", "cb");
    }

    @Test
    void aSeedIsAnOrder() throws IOException {
        var once = contest(7).run((_, _) -> {});
        List<String> order = List.copyOf(generator.runs);
        generator.runs.clear();
        var again = contest(7).run((_, _) -> {});
        assertThat(generator.runs).isEqualTo(order);
        assertThat(once.subjects()).isEqualTo(again.subjects());
    }

    @Test
    void relatesWhatItCostToWhatArrived() throws IOException {
        ContestResult result = contest(7).run((_, _) -> {});
        Measurement tcp = result.of("b", TCP).getFirst();

        assertThat(tcp.carried().gbitPerSecond()).isEqualTo(8.0);
        assertThat(tcp.frames()).isEqualTo(1e9 / (1500 - 52));
        // the subject counts 1000 a question, and is asked when the window opens and when it closes
        assertThat(tcp.crossingsPerFrame().orElseThrow()).isEqualTo(1000 / tcp.frames());
        assertThat(tcp.cpuSecondsPerGigabyte()).isPresent();
        assertThat(tcp.systemCalls()).isEmpty();

        Measurement udp = result.of("b", UDP).getFirst();
        assertThat(udp.carried().lossPercent()).isEqualTo(25.0);
        assertThat(udp.framesPerSecond()).isEqualTo(75.0);
        assertThat(udp.crossingsPerFrame()).isEqualTo(OptionalDouble.of(1000 / 75.0));
    }

    @Test
    void aSubjectWithoutProcessesHasNoCost() throws IOException {
        Measurement measurement = contest(7).run((_, _) -> {}).of("a", TCP).getFirst();
        assertThat(measurement.cpuSeconds()).isEmpty();
        assertThat(measurement.crossingsPerFrame()).isEmpty();
    }

    @Test
    void nothingThatArrivesIsAFault() {
        generator.payloadBytes = 0;
        assertThatThrownBy(() -> contest(7).run((_, _) -> {}))
                .isInstanceOf(IOException.class)
                .hasMessageMatching("[abc], tcp-1: nothing arrived");
    }

    @Test
    void whatWasStarvedForAMomentIsAskedAgain() throws IOException {
        generator.starved = 2;
        ContestResult result = contest(7).run((_, _) -> {});
        assertThat(generator.starved).isZero();
        assertThat(result.measurements()).hasSize(3 * 3 * ROUNDS);
        assertThat(result.measurements()).allMatch(each -> each.carried().payloadBytes() > 0);
        assertThat(result.measurements().stream().filter(each -> each.attempts() > 1))
                .as("which is not kept secret")
                .singleElement()
                .extracting(Measurement::attempts)
                .isEqualTo(3);
    }

    @Test
    void aFloodThatNothingSurvivesIsAResult() throws IOException {
        generator.udpPackets = 0;
        Measurement udp = contest(7).run((_, _) -> {}).of("b", UDP).getFirst();
        assertThat(udp.framesPerSecond()).isZero();
        assertThat(udp.carried().lossPercent()).isEqualTo(100.0);
        assertThat(udp.cpuMicrosPerFrame()).isEmpty();
    }

    @Test
    void aFigureThatARoundDoesNotHaveIsNone() throws IOException {
        generator.drownedRound = 3;
        ContestResult result = contest(7).run((_, _) -> {});

        assertThat(result.samples("b", UDP, each -> OptionalDouble.of(each.framesPerSecond()))
                        .orElseThrow()
                        .rounds())
                .hasSize(ROUNDS)
                .contains(0.0);
        assertThat(result.samples("b", UDP, Measurement::crossingsPerFrame))
                .as("seven of eight rounds could not be set beside the eight of others")
                .isEmpty();
        assertThat(result.samples("c", UDP, Measurement::crossingsPerFrame)).isPresent();
    }

    @Test
    void ofWhatFlowsBeyondTheWindowItTakesTheShareThatWasCounted() throws IOException {
        generator.flowsBeyond = true;
        Measurement udp = contest(7).run((_, _) -> {}).of("b", UDP).getFirst();

        // The window was open for a moment; the generator says that it counted for a second, in which as much was done.
        double ofOneThread = (double) generator.ranNanos / generator.openNanos;
        assertThat(udp.cpuSeconds().orElseThrow())
                .isBetween(ofOneThread * 0.9, Runtime.getRuntime().availableProcessors() * 1.1);
    }

    @Test
    void becomesSectionsOfAReport() throws IOException {
        List<Section> sections = ContestSections.of(contest(7).run((_, _) -> {}), Optional.of("b"));

        assertThat(sections.stream().map(Section::id))
                .containsExactly(
                        "tcp-1",
                        "tcp-1-frames",
                        "tcp-1-cpu",
                        "tcp-1-crossings",
                        "udp-64-1000",
                        "udp-64-1000-loss",
                        "udp-64-1000-cpu",
                        "udp-64-1000-crossings",
                        "request-response-64",
                        "request-response-64-cpu",
                        "request-response-64-crossings");
        Section.Bars throughput = (Section.Bars) sections.getFirst();
        assertThat(throughput.quantity()).isEqualTo(Quantity.THROUGHPUT);
        assertThat(throughput.reference()).contains("b");
        assertThat(throughput.bars().stream().map(Section.Bar::name)).containsExactly("a", "b", "c");
        assertThat(throughput.bars().getFirst().samples().rounds())
                .hasSize(ROUNDS)
                .containsOnly(8.0);
        Section.Bars cpu = (Section.Bars) sections.get(2);
        assertThat(cpu.bars().stream().map(Section.Bar::name)).containsExactly("b", "c");

        Section.Percentiles latency = (Section.Percentiles) sections.get(8);
        List<Section.Percentile> percentiles =
                latency.distributions().getFirst().percentiles();
        assertThat(percentiles.stream().map(Section.Percentile::percent))
                .containsExactly(50.0, 90.0, 99.0, 99.9, 100.0);
        assertThat(percentiles.getFirst().samples().median()).isEqualTo(50.0);
        assertThat(percentiles.getLast().samples().median()).isEqualTo(100.0);
    }

    private Contest contest(long seed) {
        Contest.Settings settings =
                new Contest.Settings(ROUNDS, Duration.ofMillis(1), Duration.ofMillis(1), seed, false);
        return new Contest(generator, subjects, List.of(TCP, UDP, REQUESTS), settings);
    }

    private static final class ScriptedGenerator implements Generator {
        private final List<String> runs = new ArrayList<>();
        private long payloadBytes = 1_000_000_000;
        private long udpPackets = 75;
        /** Counted runs of TCP that carry nothing, before those that do. */
        private int starved;
        /** In which nothing of subject b's UDP arrives; 0 for none. */
        private int drownedRound;

        private int udpRuns;
        private boolean flowsBeyond;
        private long openNanos;
        private long ranNanos;

        @Override
        public String name() {
            return "scripted";
        }

        @Override
        public boolean flowsBeyondWindow(Workload workload) {
            return flowsBeyond;
        }

        @Override
        public Carried run(Subject subject, Workload workload, Duration length, Window window) throws IOException {
            runs.add(subject.name());
            boolean first = openNanos == 0
                    && runs.size() > WARM_UP_RUNS
                    && workload.equals(UDP)
                    && subject.name().equals("b");
            window.opens();
            if (flowsBeyond && first) {
                spin();
            }
            window.closes();
            long second = 1_000_000_000;
            if (starved > 0 && workload.equals(TCP) && runs.size() > WARM_UP_RUNS) {
                starved--;
                return Carried.ofTcp(second, 0);
            }
            return switch (workload) {
                case Workload.TcpStreams _ -> Carried.ofTcp(second, payloadBytes);
                case Workload.UdpRate _ -> udp(subject, second);
                case Workload.RequestResponse _ -> new Carried(second, 64, 100, 100, Optional.of(roundTrips()));
            };
        }

        private Carried udp(Subject subject, long nanos) {
            int round = subject.name().equals("b") ? udpRuns++ - 1 : 0; // two before the first
            boolean drowned = drownedRound > 0 && round >= drownedRound && round < drownedRound + 3; // all attempts
            long packets = drowned ? 0 : udpPackets;
            return new Carried(nanos, packets * 64, 100, packets, Optional.empty());
        }

        /** Works for 50 ms of processor time, however long that takes. */
        private void spin() {
            var threads = ManagementFactory.getThreadMXBean();
            long began = System.nanoTime();
            long workBegan = threads.getCurrentThreadCpuTime();
            while (ranNanos < TimeUnit.MILLISECONDS.toNanos(50)) {
                ranNanos = threads.getCurrentThreadCpuTime() - workBegan;
            }
            openNanos = System.nanoTime() - began;
        }

        /** 1 to 100 us, each once. */
        private static Histogram roundTrips() {
            Histogram histogram = new Histogram(1_000_000, 5);
            for (int micros = 1; micros <= 100; micros++) {
                histogram.recordValue(micros * 1000L);
            }
            return histogram;
        }
    }

    private static final class ScriptedSubject implements Subject {
        private final String name;
        private final boolean hasProcess;
        private long crossings;

        ScriptedSubject(String name, boolean hasProcess) {
            this.name = name;
            this.hasProcess = hasProcess;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public String firstAddress() {
            return "10.0.0.1";
        }

        @Override
        public String secondAddress() {
            return "10.0.0.2";
        }

        @Override
        public List<ProcessHandle> processes() {
            return hasProcess ? List.of(ProcessHandle.current()) : List.of();
        }

        @Override
        public int mtu() {
            return 1500;
        }

        @Override
        public OptionalLong crossings() {
            if (!hasProcess) {
                return OptionalLong.empty();
            }
            crossings += 1000;
            return OptionalLong.of(crossings);
        }
    }
}
