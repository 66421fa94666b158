package dev.culvert.bench.report;

import dev.culvert.bench.result.Environment;
import dev.culvert.bench.result.Report;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** What else than figures differs between two runs, in sentences. */
final class RunDifferences {
    private final List<String> found = new ArrayList<>();

    private RunDifferences() {}

    static List<String> of(Report before, Report now, Set<Figure.Key> earlier, Set<Figure.Key> later) {
        RunDifferences differences = new RunDifferences();
        differences.environments(before.environment(), now.environment());
        differences.compare("settings", before.settings(), now.settings());
        differences.onlyIn("the earlier run", earlier, later);
        differences.onlyIn("this run", later, earlier);
        return List.copyOf(differences.found);
    }

    private void environments(Environment before, Environment now) {
        compare("kernel", before.kernel(), now.kernel());
        compare("CPU", before.cpu(), now.cpu());
        compare("number of cores", before.cores(), now.cores());
        compare("JDK", before.jdk(), now.jdk());
        Set<String> facts = new LinkedHashSet<>(before.facts().keySet());
        facts.addAll(now.facts().keySet());
        facts.forEach(fact -> compare(
                fact, before.facts().getOrDefault(fact, "unknown"), now.facts().getOrDefault(fact, "unknown")));
    }

    private void compare(String what, Object before, Object now) {
        if (!Objects.equals(before, now)) {
            found.add("another %s: %s before, %s now".formatted(what, before, now));
        }
    }

    private void onlyIn(String run, Set<Figure.Key> has, Set<Figure.Key> lacks) {
        has.stream().filter(key -> !lacks.contains(key)).forEach(key -> found.add("only in " + run + ": " + key));
    }
}
