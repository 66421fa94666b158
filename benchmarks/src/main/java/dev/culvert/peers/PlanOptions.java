package dev.culvert.peers;

import dev.culvert.bench.contest.Generator;
import dev.culvert.bench.machine.SystemCallCount;
import dev.culvert.bench.traffic.Iperf3;
import dev.culvert.bench.traffic.OwnGenerator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** What is measured, how often and how long. */
final class PlanOptions {
    enum Source {
        own,
        iperf3
    }

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "3",
            description = "How often everything is measured. Default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            defaultValue = "1",
            description = "How long each measurement lasts. Default: ${DEFAULT-VALUE}.")
    private double seconds;

    @Option(
            names = "--passes",
            paramLabel = "IDS",
            split = ",",
            description = "Only these parts of a run: offloads, system-calls (counted apart, since counting slows"
                    + " everybody down), no-offloads (TCP over a veth without them), loss (the same, and one packet"
                    + " of a hundred is lost), ping (through idle tunnels). Default: all but loss.")
    private List<String> passes = List.of();

    @Option(
            names = "--workloads",
            paramLabel = "IDS",
            split = ",",
            description = "Only traffic whose id begins with one of these: tcp,udp-64.")
    private List<String> workloads = List.of();

    @Option(
            names = "--rates",
            paramLabel = "PPS",
            split = ",",
            defaultValue = "20000,60000,120000,0",
            description = "Of UDP, datagrams a second; 0 as many as can be sent. Default: ${DEFAULT-VALUE}.")
    private List<Integer> rates = List.of();

    @Option(
            names = "--generator",
            paramLabel = "WHICH",
            defaultValue = "own",
            description = "What makes the traffic: own or iperf3. Default: ${DEFAULT-VALUE}.")
    private Source source = Source.own;

    /** @throws IllegalArgumentException for a user's mistake, in words for users */
    Plan plan() {
        if (rounds <= 0 || !(seconds > 0)) {
            throw new IllegalArgumentException("--rounds and --seconds must be above 0");
        }
        if (rates.stream().anyMatch(rate -> rate < 0)) {
            throw new IllegalArgumentException("--rates: expected 0 or more datagrams a second");
        }
        Set<Pass> chosen = Pass.of(passes);
        Traffic traffic = Traffic.everything(rates).chosen(workloads);
        if (traffic.tcp().isEmpty()) {
            chosen.removeAll(Set.of(Pass.NO_OFFLOADS, Pass.LOSS));
        }
        if (chosen.isEmpty()) {
            throw new IllegalArgumentException("--passes: these are of TCP, of which --workloads leaves none");
        }
        return new Plan(chosen, traffic, rounds, Duration.ofMillis(Math.round(seconds * 1000)));
    }

    /** That it takes. */
    String[] programs(Plan plan) {
        List<String> programs = new ArrayList<>();
        if (source == Source.iperf3) {
            programs.add(Iperf3.PROGRAM);
        }
        if (plan.passes().contains(Pass.SYSTEM_CALLS)) {
            programs.add(SystemCallCount.PROGRAM);
        }
        if (plan.passes().contains(Pass.LOSS)) {
            programs.add(LossyCable.PROGRAM);
        }
        return programs.toArray(String[]::new);
    }

    Generator generator(Gathering gathering) {
        return source == Source.iperf3
                ? new Iperf3(gathering.one(), gathering.two())
                : new OwnGenerator(gathering.one(), gathering.two());
    }

    /** As they would be typed. */
    String text() {
        StringBuilder text = new StringBuilder(" --rounds %d --seconds %s --rates %s --generator %s"
                .formatted(
                        rounds, seconds, rates.stream().map(String::valueOf).collect(Collectors.joining(",")), source));
        if (!passes.isEmpty()) {
            text.append(" --passes ").append(String.join(",", passes));
        }
        if (!workloads.isEmpty()) {
            text.append(" --workloads ").append(String.join(",", workloads));
        }
        return text.toString();
    }
}
