package dev.culvert.bench.crypto;

import java.util.Optional;

/** A line between the process that measures and the one that asked for it: {@code SEAL 1420 967.3 0.0}. */
record MeasuredLine(Operation operation, int bytes, Cost cost) {
    private static final int WORDS = 4;

    String text() {
        return "%s %d %s %s".formatted(operation, bytes, cost.nanos(), cost.garbageBytes());
    }

    /** Empty for a line that says something else. */
    static Optional<MeasuredLine> of(String line) {
        String[] words = line.split(" ", -1);
        if (words.length != WORDS) {
            return Optional.empty();
        }
        try {
            return Optional.of(new MeasuredLine(
                    Operation.valueOf(words[0]),
                    Integer.parseInt(words[1]),
                    new Cost(Double.parseDouble(words[2]), Double.parseDouble(words[3]))));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
