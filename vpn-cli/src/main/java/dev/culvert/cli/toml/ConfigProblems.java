package dev.culvert.cli.toml;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Collects every fault of one file. After a syntax error the parser may have put what follows into the wrong table, or
 * lost it: then only the faults in front of the first syntax error are told, and none that lies in something missing.
 */
final class ConfigProblems {
    private static final Comparator<Problem> IN_FILE_ORDER = Comparator.comparing(Problem::position);

    private final Path file;
    private final List<Problem> syntax = new ArrayList<>();
    private final List<Problem> faults = new ArrayList<>();
    private final List<Problem> absences = new ArrayList<>();
    private final List<Problem> warnings = new ArrayList<>();

    ConfigProblems(Path file) {
        this.file = file;
    }

    void inFile(String message) {
        syntax.add(new Problem(file, Optional.empty(), message));
    }

    void syntaxAt(Position at, String message) {
        syntax.add(new Problem(file, Optional.of(at), message));
    }

    void at(Position at, String message) {
        faults.add(new Problem(file, Optional.of(at), message));
    }

    void at(Located<?> value, String message) {
        at(value.at(), Quoted.key(value.key()) + ": " + message);
    }

    /** Something is not there; {@code at} is where one would look for it. */
    void absentAt(Position at, String message) {
        absences.add(new Problem(file, Optional.of(at), message));
    }

    void warnAt(Position at, String message) {
        warnings.add(new Problem(file, Optional.of(at), "warning: " + message));
    }

    void warnAt(Located<?> value, String message) {
        warnAt(value.at(), Quoted.key(value.key()) + ": " + message);
    }

    boolean hasSyntaxErrors() {
        return !syntax.isEmpty();
    }

    List<Problem> faults() {
        List<Problem> all = new ArrayList<>(syntax);
        if (syntax.isEmpty()) {
            all.addAll(faults);
            all.addAll(absences);
        } else {
            Position sound = syntax.stream()
                    .map(Problem::position)
                    .min(Comparator.naturalOrder())
                    .orElse(Position.START);
            faults.stream().filter(each -> each.position().compareTo(sound) < 0).forEach(all::add);
        }
        all.sort(IN_FILE_ORDER);
        return all;
    }

    List<Problem> warnings() {
        return syntax.isEmpty() ? warnings.stream().sorted(IN_FILE_ORDER).toList() : List.of();
    }
}
