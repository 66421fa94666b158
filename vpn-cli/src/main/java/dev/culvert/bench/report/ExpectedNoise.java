package dev.culvert.bench.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How much the rounds of a figure scatter: by its own and by those of its kind, for few rounds alone say little. */
final class ExpectedNoise {
    /** How many values of its own outweigh what is known of its kind. */
    private static final int DEGREES_OF_KIND = 4;

    private final Map<String, Double> variances = new HashMap<>();

    /** @param kinds of figures whose rounds lie about equally far apart */
    ExpectedNoise(Map<String, List<Rounds>> kinds) {
        kinds.forEach((kind, all) -> {
            List<Double> known = new ArrayList<>();
            all.stream().filter(each -> each.degrees() > 0).forEach(each -> known.add(each.variance()));
            if (!known.isEmpty()) {
                variances.put(kind, Noise.quartile(known));
            }
        });
    }

    /** The standard error of the shift; infinite where nothing of the kind was measured twice. */
    double error(String kind, Rounds rounds) {
        Double ofKind = variances.get(kind);
        if (ofKind == null) {
            return Double.POSITIVE_INFINITY;
        }
        int degrees = rounds.degrees();
        double own = degrees == 0 ? 0 : rounds.variance();
        return rounds.error((degrees * own + DEGREES_OF_KIND * ofKind) / (degrees + DEGREES_OF_KIND));
    }
}
