package dev.culvert.cli.toml;

import java.nio.file.Path;
import java.util.Optional;

/** One thing to say about a configuration file; {@link #toString} is the line for the operator. */
public final class Problem {
    private final Path file;
    private final Optional<Position> at;
    private final String text;

    Problem(Path file, Optional<Position> at, String text) {
        this.file = file;
        this.at = at;
        this.text = text;
    }

    Position position() {
        return at.orElse(Position.START);
    }

    /** {@code office.toml:5:1: unknown key `adress`; did you mean `address`?} */
    @Override
    public String toString() {
        String place = at.map(p -> ":" + p.line() + ":" + p.column()).orElse("");
        return Quoted.printable(file.toString()) + place + ": " + Quoted.printable(text);
    }
}
