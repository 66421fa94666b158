package dev.culvert.cli.demo;

import java.util.List;

/** What several rounds carried, Gbit/s. */
public record Rates(List<Double> rounds) {
    public Rates {
        if (rounds.isEmpty()) {
            throw new IllegalArgumentException("no rounds");
        }
        rounds = rounds.stream().sorted().toList();
    }

    public double median() {
        int middle = rounds.size() / 2;
        return rounds.size() % 2 == 1 ? rounds.get(middle) : (rounds.get(middle - 1) + rounds.get(middle)) / 2;
    }

    public double lowest() {
        return rounds.getFirst();
    }

    public double highest() {
        return rounds.getLast();
    }
}
