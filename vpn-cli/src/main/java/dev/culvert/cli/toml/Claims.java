package dev.culvert.cli.toml;

import java.util.HashMap;
import java.util.Map;

/** Values that only one peer may have, with the place that had them first. */
final class Claims {
    private final Map<Claim, Position> first = new HashMap<>();
    private final ConfigProblems problems;

    private record Claim(String key, Object value) {}

    Claims(ConfigProblems problems) {
        this.problems = problems;
    }

    /** A fault when another peer has claimed {@code value} before; {@code shown} says what to the operator. */
    void claim(Located<?> where, Object value, String shown) {
        Position earlier = first.putIfAbsent(new Claim(where.key(), value), where.at());
        if (earlier != null) {
            problems.at(where, shown + " is already given at line " + earlier.line());
        }
    }
}
