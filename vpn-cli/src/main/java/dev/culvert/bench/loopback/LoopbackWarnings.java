package dev.culvert.bench.loopback;

import dev.culvert.bench.contest.ContestResult;
import dev.culvert.bench.contest.ContestWarnings;
import dev.culvert.bench.contest.Measurement;
import dev.culvert.bench.contest.Workload;
import dev.culvert.bench.result.Samples;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Function;

/** What a reader must know before believing the figures. */
final class LoopbackWarnings {
    private static final double NOTICEABLE_LOSS_PERCENT = 0.1;
    /** Of the rate that was asked for; a busy sender forgets what it cannot send in time. */
    private static final double FULL_RATE = 0.95;

    private LoopbackWarnings() {}

    /** @param complaints of the tunnel */
    static List<String> of(ContestResult result, List<String> complaints) {
        List<String> warnings = ContestWarnings.of(result);
        for (Workload workload : result.workloads()) {
            if (workload instanceof Workload.UdpRate udp) {
                result.subjects().forEach(subject -> addLoss(warnings, result, subject, udp));
            } else if (workload instanceof Workload.TcpStreams) {
                addUnclearSteps(warnings, result, workload);
            }
        }
        complaints.forEach(each -> warnings.add("The tunnel lost frames: " + each));
        return warnings;
    }

    private static void addLoss(List<String> warnings, ContestResult result, String subject, Workload.UdpRate udp) {
        double sent =
                samples(result, subject, udp, LoopbackWarnings::sentPerSecond).median();
        if (sent < udp.packetsPerSecond() * FULL_RATE) {
            warnings.add(String.format(
                    Locale.ROOT,
                    "%s: only %,.0f a second could be sent through %s: the machine was busy.",
                    udp.title(),
                    sent,
                    subject));
        }
        double loss = samples(
                        result,
                        subject,
                        udp,
                        each -> OptionalDouble.of(each.carried().lossPercent()))
                .median();
        if (loss > NOTICEABLE_LOSS_PERCENT) {
            warnings.add(String.format(
                    Locale.ROOT,
                    "%s: %s lost %.1f %%: the rate is more than it carries here.",
                    udp.title(),
                    subject,
                    loss));
        }
    }

    private static OptionalDouble sentPerSecond(Measurement each) {
        return OptionalDouble.of(
                each.carried().sentPackets() * 1e9 / each.carried().nanos());
    }

    /** A step whose price is below zero in one round and above in another has no price that could be named. */
    private static void addUnclearSteps(List<String> warnings, ContestResult result, Workload workload) {
        Iterator<String> subjects = LoopbackSections.STEPS.keySet().iterator();
        Samples below = samples(result, subjects.next(), workload, Measurement::cpuSecondsPerGigabyte);
        while (subjects.hasNext()) {
            String subject = subjects.next();
            Samples step = samples(result, subject, workload, Measurement::cpuSecondsPerGigabyte);
            Samples price = step.with(below, (with, without) -> with - without);
            if (price.lowest() < 0 && price.highest() > 0) {
                warnings.add("%s: the noise is larger than the price of \"%s\"."
                        .formatted(workload.title(), LoopbackSections.STEPS.get(subject)));
            }
            below = step;
        }
    }

    private static Samples samples(
            ContestResult result, String subject, Workload workload, Function<Measurement, OptionalDouble> figure) {
        return result.samples(subject, workload, figure).orElseThrow();
    }
}
