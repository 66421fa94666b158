package dev.culvert.cli.toml;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tomlj.TomlArray;
import org.tomlj.TomlTable;

/** Typed reading of one table. What is absent comes back empty; what is wrong comes back empty, with a fault. */
final class TableReader {
    /** The tables of a file and the keys each may have. */
    static final Map<String, List<String>> SCHEMA = Map.of(
            "interface", InterfaceReader.KEYS,
            "interface.offload", InterfaceReader.OFFLOAD_KEYS,
            "crypto", CryptoReader.KEYS,
            "peer", PeerReader.KEYS);

    private final TomlTable table;
    private final String title;
    private final Position at;
    private final SourceText source;
    private final ConfigProblems problems;
    private final Set<String> misspelt = new HashSet<>();

    TableReader(TomlTable table, String title, Position at, SourceText source, ConfigProblems problems) {
        this.table = table;
        this.title = title;
        this.at = at;
        this.source = source;
        this.problems = problems;
    }

    Position at() {
        return at;
    }

    boolean has(String key) {
        return table.get(List.of(key)) != null;
    }

    /** To be called first: a key that was only misspelt is then not missing as well. */
    void refuseUnknownKeys(List<String> known) {
        for (String key : table.keySet()) {
            if (!known.contains(key)) {
                problems.at(positionOf(key), "unknown key " + Quoted.key(key) + remedyFor(key, known));
            }
        }
    }

    private String remedyFor(String key, List<String> known) {
        for (Map.Entry<String, List<String>> other : SCHEMA.entrySet()) {
            if (!other.getKey().equals(title) && other.getValue().contains(key)) {
                return ": it belongs in " + headerOf(other.getKey());
            }
        }
        Optional<String> near = NearestKey.of(key, known);
        near.ifPresent(misspelt::add);
        return near.map(meant -> "; did you mean " + Quoted.key(meant) + "?")
                .orElse("; known here: " + String.join(", ", known));
    }

    static String headerOf(String table) {
        return table.equals("peer") ? "[[peer]]" : "[" + table + "]";
    }

    Optional<Located<Object>> any(String key) {
        return Optional.ofNullable(table.get(List.of(key))).map(value -> new Located<>(key, value, positionOf(key)));
    }

    /** A table inside of this one, which may have these keys. */
    Optional<TableReader> table(String key, List<String> known) {
        return typed(key, TomlTable.class, "a table [%s.%s]".formatted(title, key))
                .map(inner -> {
                    TableReader reader =
                            new TableReader(inner.value(), title + "." + key, inner.at(), source, problems);
                    reader.refuseUnknownKeys(known);
                    return reader;
                });
    }

    /** A string; {@code example} helps whoever wrote something else. */
    Optional<Located<String>> text(String key, String example) {
        return typed(key, String.class, "a string such as \"" + example + "\"");
    }

    void require(String key, String remedy) {
        if (!has(key) && !misspelt.contains(key)) {
            problems.absentAt(at, "%s: %s is missing: %s".formatted(headerOf(title), Quoted.key(key), remedy));
        }
    }

    Optional<Located<Long>> integer(String key) {
        return typed(key, Long.class, "an integer");
    }

    Optional<Located<Boolean>> flag(String key) {
        return typed(key, Boolean.class, "true or false");
    }

    <T> Optional<Located<T>> parsed(String key, String example, ValueParser<T> parser) {
        return text(key, example).flatMap(text -> parse(text, parser));
    }

    <T> Optional<Located<T>> parse(Located<String> text, ValueParser<T> parser) {
        try {
            return Optional.of(new Located<>(text.key(), parser.parse(text.value()), text.at()));
        } catch (BadValueException bad) {
            problems.at(text, bad.text());
            return Optional.empty();
        }
    }

    /** An array of strings, each parsed and with its own place; a single string counts as an array of one. */
    <T> List<Located<T>> parsedList(String key, ValueParser<T> parser) {
        List<Located<T>> parsed = new ArrayList<>();
        for (Located<String> text : texts(key)) {
            parse(text, parser).ifPresent(parsed::add);
        }
        return parsed;
    }

    private List<Located<String>> texts(String key) {
        Object value = table.get(List.of(key));
        if (value instanceof TomlArray array) {
            return elements(key, array);
        }
        if (value instanceof String text) {
            return List.of(new Located<>(key, text, positionOf(key)));
        }
        if (value != null) {
            problems.at(positionOf(key), mismatch(key, "an array of strings", value));
        }
        return List.of();
    }

    private List<Located<String>> elements(String key, TomlArray array) {
        List<Located<String>> texts = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            Position place = source.skipBlanks(Position.of(array.inputPositionOf(i)));
            if (array.get(i) instanceof String text) {
                texts.add(new Located<>(key, text, place));
            } else {
                problems.at(place, mismatch(key, "a string in the array", array.get(i)));
            }
        }
        return texts;
    }

    private <T> Optional<Located<T>> typed(String key, Class<T> type, String expected) {
        Object value = table.get(List.of(key));
        if (value == null) {
            return Optional.empty();
        }
        if (!type.isInstance(value)) {
            problems.at(positionOf(key), mismatch(key, expected, value));
            return Optional.empty();
        }
        return Optional.of(new Located<>(key, type.cast(value), positionOf(key)));
    }

    private Position positionOf(String key) {
        return Position.of(table.inputPositionOf(List.of(key)));
    }

    static String mismatch(String key, String expected, Object found) {
        return "%s: expected %s, found %s".formatted(Quoted.key(key), expected, typeOf(found));
    }

    /** Never the value: a wrongly typed value may still be a secret. */
    static String typeOf(Object value) {
        return switch (value) {
            case String _ -> "a string";
            case Long _ -> "an integer";
            case Double _ -> "a fraction";
            case Boolean _ -> "a boolean";
            case TomlArray _ -> "an array";
            case TomlTable _ -> "a table";
            default -> "a date or time";
        };
    }
}
