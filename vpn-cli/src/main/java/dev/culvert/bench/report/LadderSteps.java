package dev.culvert.bench.report;

import dev.culvert.bench.result.Samples;
import dev.culvert.bench.result.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What each step of a ladder adds to those below it. */
public final class LadderSteps {
    /**
     * @param price of this step alone; below zero where it saves something
     * @param share of the whole; none where the whole is nothing
     * @param isNoise whether the rounds disagree about the sign of the price
     */
    public record Priced(String name, Samples total, double price, Optional<Double> share, boolean isNoise) {}

    private LadderSteps() {}

    public static List<Priced> of(Section.Ladder ladder) {
        List<Priced> priced = new ArrayList<>();
        Optional<Samples> below = Optional.empty();
        double whole =
                ladder.steps().isEmpty() ? 0 : ladder.steps().getLast().total().median();
        for (Section.Step step : ladder.steps()) {
            double price = step.total().median() - below.map(Samples::median).orElse(0.0);
            boolean isNoise = below.flatMap(lower -> Ratio.of(step.total(), lower))
                    .filter(Ratio::isNoise)
                    .isPresent();
            Optional<Double> share = whole > 0 ? Optional.of(price / whole) : Optional.empty();
            priced.add(new Priced(step.name(), step.total(), price, share, isNoise));
            below = Optional.of(step.total());
        }
        return priced;
    }
}
