package dev.culvert.bench.loopback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.bench.contest.Carried;
import dev.culvert.bench.contest.ContestResult;
import dev.culvert.bench.contest.Measurement;
import dev.culvert.bench.contest.Workload;
import dev.culvert.bench.result.Samples;
import dev.culvert.bench.result.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

final class LoopbackSectionsTest {
    private static final Workload TCP = new Workload.TcpStreams(1, false);
    private static final Workload UDP = new Workload.UdpRate(64, 20_000);
    private static final List<String> SUBJECTS = List.of("plain TAP, offloads", "+ UDP", "+ encryption", "Culvert");

    private final List<Measurement> measurements = new ArrayList<>();
    private double foreign = 4.9;
    private int attempts = 1;

    @Test
    void theLadderHoldsEachStepWithAllBeforeIt() {
        addTcp(1, 5.0, 7.0, 9.0, 10.0);
        addTcp(2, 5.2, 7.2, 9.2, 10.2);

        Section.Ladder ladder =
                (Section.Ladder) LoopbackSections.of(result(0, TCP)).getFirst();
        assertThat(ladder.id()).isEqualTo("tcp-1-ladder");
        assertThat(ladder.steps().stream().map(Section.Step::name))
                .containsExactly("plain TAP loopback", "+ UDP", "+ encryption", "+ protocol, switch, accounting");
        assertThat(ladder.steps().stream().map(step -> step.total().rounds()))
                .containsExactly(List.of(5.0, 5.2), List.of(7.0, 7.2), List.of(9.0, 9.2), List.of(10.0, 10.2));
    }

    @Test
    void clearFiguresOnAQuietMachineNeedNoWarning() {
        addTcp(1, 5.0, 7.0, 9.0, 10.0);
        addTcp(2, 5.2, 7.2, 9.2, 10.2);
        addUdp(20_000, 20_000);

        assertThat(LoopbackWarnings.of(result(4.9, TCP, UDP), List.of())).isEmpty();
    }

    @Test
    void warnsOfAPriceThatIsSmallerThanTheNoise() {
        addTcp(1, 5.0, 7.0, 6.9, 10.0);
        addTcp(2, 5.2, 7.2, 9.2, 10.2);

        assertThat(LoopbackWarnings.of(result(0, TCP), List.of()))
                .containsExactly("TCP, 1 stream: the noise is larger than the price of \"+ encryption\".");
    }

    @Test
    void warnsOfStealLossAndWhatTheTunnelDropped() {
        addTcp(1, 5.0, 7.0, 9.0, 10.0);
        addUdp(20_000, 19_000);

        List<String> warnings = LoopbackWarnings.of(result(12.34, TCP, UDP), List.of("left: dropped 3: it rained"));
        assertThat(warnings).hasSize(1 + SUBJECTS.size() + 1);
        assertThat(warnings.getFirst()).startsWith("The hypervisor took up to 12.3 % of the processors' time");
        assertThat(warnings.get(1))
                .isEqualTo(
                        "UDP, 64 bytes, 20,000 a second: plain TAP, offloads lost 5.0 %: the rate is more than it carries here.");
        assertThat(warnings.getLast()).isEqualTo("The tunnel lost frames: left: dropped 3: it rained");
    }

    @Test
    void warnsOfOtherProgramsThatRanMeanwhile() {
        addUdp(20_000, 20_000);
        foreign = 41.7;
        assertThat(LoopbackWarnings.of(result(0, UDP), List.of()))
                .containsExactly(
                        "Other programs took up to 42 % of the processors' time in a round: repeat it when nothing"
                                + " else runs.");
    }

    @Test
    void warnsOfARateThatCouldNotBeSent() {
        addUdp(15_000, 15_000);

        assertThat(LoopbackWarnings.of(result(0, UDP), List.of()))
                .hasSize(SUBJECTS.size())
                .contains(
                        "UDP, 64 bytes, 20,000 a second: only 15,000 a second could be sent through plain TAP, offloads: the"
                                + " machine was busy.");
    }

    @Test
    void warnsOfWhatWasAskedAgain() {
        addUdp(20_000, 20_000);
        attempts = 3;
        add("Culvert", UDP, 2, new Carried(1_000_000_000, 64 * 20_000L, 20_000, 20_000, Optional.empty()), 0.1);

        assertThat(LoopbackWarnings.of(result(0, UDP), List.of()))
                .containsExactly(
                        "UDP, 64 bytes, 20,000 a second: at first nothing came through Culvert, in 1 of 2 rounds;"
                                + " the figures are of when something did.");
    }

    @Test
    void thereIsNoLadderWhereAStepCarriedNothing() {
        addUdp(20_000, 20_000);
        assertThat(LoopbackSections.of(result(0, UDP)).getFirst()).isInstanceOf(Section.Ladder.class);
        add("+ UDP", UDP, 2, new Carried(1_000_000_000, 0, 20_000, 0, Optional.empty()), 0.1);
        assertThat(LoopbackSections.of(result(0, UDP))).noneMatch(Section.Ladder.class::isInstance);
    }

    private ContestResult result(double steal, Workload... workloads) {
        return new ContestResult(SUBJECTS, List.of(workloads), measurements, Samples.of(steal), Samples.of(foreign));
    }

    /** @param cpuSecondsPerGigabyte by subject */
    private void addTcp(int round, double... cpuSecondsPerGigabyte) {
        for (int i = 0; i < SUBJECTS.size(); i++) {
            Carried gigabyte = Carried.ofTcp(1_000_000_000, 1_000_000_000);
            add(SUBJECTS.get(i), TCP, round, gigabyte, cpuSecondsPerGigabyte[i]);
        }
    }

    private void addUdp(long sent, long arrived) {
        for (String subject : SUBJECTS) {
            Carried carried = new Carried(1_000_000_000, arrived * 64, sent, arrived, Optional.empty());
            add(subject, UDP, 1, carried, 0.1);
        }
    }

    private void add(String subject, Workload workload, int round, Carried carried, double cpuSeconds) {
        measurements.add(new Measurement(
                subject,
                workload,
                round,
                attempts,
                carried,
                20_000,
                OptionalDouble.of(cpuSeconds),
                OptionalDouble.empty(),
                OptionalDouble.empty()));
    }
}
