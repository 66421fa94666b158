package dev.culvert.peers;

import dev.culvert.bench.contest.ContestResult;
import dev.culvert.bench.contest.Measurement;
import dev.culvert.bench.contest.Workload;
import dev.culvert.bench.result.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** What a reader must know before believing the figures. */
final class Warnings {
    private static final double NOTICEABLE_STEAL_PERCENT = 5;
    /** The kernel's own threads take a few percent at most. */
    private static final double NOTICEABLE_FOREIGN_PERCENT = 10;
    /** Of the rate that was asked for. */
    private static final double FULL_RATE = 0.95;

    private Warnings() {}

    /** Rates that were not offered. */
    static List<String> of(ContestResult result) {
        List<String> warnings = new ArrayList<>();
        for (Workload workload : result.workloads()) {
            if (workload instanceof Workload.UdpRate udp && udp.packetsPerSecond() > 0) {
                addHeldBack(warnings, result, udp);
            }
        }
        return warnings;
    }

    private static void addHeldBack(List<String> warnings, ContestResult result, Workload.UdpRate udp) {
        List<String> held = new ArrayList<>();
        for (String subject : result.subjects()) {
            double sent = result.samples(subject, udp, Warnings::sentPerSecond)
                    .map(Samples::median)
                    .orElse(0.0);
            if (sent < udp.packetsPerSecond() * FULL_RATE) {
                held.add(String.format(Locale.ROOT, "%s (%,.0f)", subject, sent));
            }
        }
        if (!held.isEmpty()) {
            warnings.add("%s: the sender was held back, and offered less to %s."
                    .formatted(udp.title(), String.join(", ", held)));
        }
    }

    private static OptionalDouble sentPerSecond(Measurement each) {
        return OptionalDouble.of(
                each.carried().sentPackets() * 1e9 / each.carried().nanos());
    }

    /** @param percent one value a round; none where nothing was counted */
    static List<String> ofForeignLoad(List<Double> percent) {
        double highest = percent.stream().mapToDouble(Double::doubleValue).max().orElse(0);
        return highest < NOTICEABLE_FOREIGN_PERCENT
                ? List.of()
                : List.of(String.format(
                        Locale.ROOT,
                        "In a round, other programs took %.0f %% of the processors' time: repeat it when the machine is"
                                + " quieter.",
                        highest));
    }

    static List<String> ofSteal(Samples stealPercent) {
        List<String> warnings = new ArrayList<>();
        if (stealPercent.highest() > NOTICEABLE_STEAL_PERCENT) {
            warnings.add(String.format(
                    Locale.ROOT,
                    "The hypervisor took up to %.1f %% of the processors' time in a round: repeat it when the machine is"
                            + " quieter, or with more rounds.",
                    stealPercent.highest()));
        }
        return warnings;
    }
}
