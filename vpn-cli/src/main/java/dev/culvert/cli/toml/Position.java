package dev.culvert.cli.toml;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;
import org.tomlj.TomlPosition;

/** A place in a file; both count from 1, columns in characters. */
record Position(int line, int column) implements Comparable<Position> {
    static final Position START = new Position(1, 1);

    private static final Comparator<Position> ORDER =
            Comparator.comparingInt(Position::line).thenComparingInt(Position::column);

    /** Keys that the parser lists have a place; if one had none, the start of the file is better than a crash. */
    static Position of(@Nullable TomlPosition position) {
        return position == null ? START : new Position(position.line(), position.column());
    }

    @Override
    public int compareTo(Position other) {
        return ORDER.compare(this, other);
    }
}
