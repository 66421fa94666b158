package dev.culvert.bench.report;

import dev.culvert.bench.result.Quantity;
import dev.culvert.bench.result.Quantity.Better;
import dev.culvert.bench.result.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The same figure of two runs.
 *
 * @param rounds of the cost; of its ratio to the yardstick, where {@code isRelative}
 * @param isTime whether a slower machine shows in it
 */
record Pairing(Figure first, Figure second, Rounds rounds, boolean isRelative, boolean isTime) {
    /** What may be zero, and the least change of it that matters, in its own unit. */
    private static final Map<String, Double> LEAST = Map.of("%", 1.0, "calls/frame", 0.02, "bytes/packet", 32.0);

    /** What is held at what was asked for, whatever that costs. */
    private static final Set<Quantity> OFFERED = Set.of(Quantity.ARRIVAL_RATE, Quantity.CARRIED);

    /** None where costs are zero: there is no ratio. */
    static Optional<Pairing> of(Figure before, Figure now, double threshold) {
        Optional<Double> least = Optional.ofNullable(LEAST.get(now.quantity().unit()));
        // so much is added that the least change stays below the threshold, from zero as well
        double added = least.map(each -> each / threshold).orElse(0.0);
        boolean isTime = least.isEmpty() && !OFFERED.contains(now.quantity());
        boolean isRelative = isTime && hasYardstick(before) && hasYardstick(now);
        List<Double> first = costs(before, added, isRelative);
        List<Double> second = costs(now, added, isRelative);
        if (!areFinite(first) || !areFinite(second)) {
            return Optional.empty();
        }
        return Optional.of(new Pairing(before, now, new Rounds(first, second), isRelative, isTime));
    }

    /** Without a yardstick a slower machine looks like a slower subject. */
    boolean movesWithTheMachine() {
        return isTime && !isRelative;
    }

    /** Whose rounds lie about equally far apart. */
    String kindOfNoise() {
        return isRelative + second.kindOfNoise();
    }

    private static boolean hasYardstick(Figure figure) {
        return figure.yardstick()
                .filter(by -> by.rounds().size() == figure.samples().rounds().size())
                .filter(by -> by.lowest() > 0)
                .isPresent();
    }

    private static List<Double> costs(Figure figure, double added, boolean isRelative) {
        double sign = figure.quantity().better() == Better.LOWER ? 1 : -1;
        List<Double> values = figure.samples().rounds();
        List<Double> costs = new ArrayList<>();
        for (int round = 0; round < values.size(); round++) {
            int at = round;
            double by = isRelative
                    ? figure.yardstick().map(Samples::rounds).orElseThrow().get(at)
                    : 1;
            costs.add(sign * Math.log((values.get(round) + added) / by));
        }
        return costs;
    }

    private static boolean areFinite(List<Double> values) {
        return values.stream().allMatch(Double::isFinite);
    }
}
