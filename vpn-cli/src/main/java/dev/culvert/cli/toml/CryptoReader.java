package dev.culvert.cli.toml;

import dev.culvert.config.CryptoConfig;
import java.util.List;
import java.util.Optional;

/** The table {@code [crypto]}. */
final class CryptoReader {
    static final List<String> KEYS = List.of("engines", "cipher");

    private static final List<String> ENGINES = CryptoConfig.DEFAULT.engines();
    private static final List<String> CIPHERS = List.of("auto", "chacha20-poly1305");

    private final ConfigProblems problems;

    CryptoReader(ConfigProblems problems) {
        this.problems = problems;
    }

    CryptoConfig read(Optional<TableReader> given) {
        if (given.isEmpty()) {
            return CryptoConfig.DEFAULT;
        }
        TableReader table = given.get();
        Optional<Located<String>> cipher = table.parsed("cipher", "auto", text -> oneOf(CIPHERS, text));
        return new CryptoConfig(engines(table), cipher.map(Located::value).orElse(CryptoConfig.DEFAULT.cipher()));
    }

    private List<String> engines(TableReader table) {
        if (!table.has("engines")) {
            return CryptoConfig.DEFAULT.engines();
        }
        Claims once = new Claims(problems);
        List<Located<String>> engines = table.parsedList("engines", text -> oneOf(ENGINES, text));
        engines.forEach(engine -> once.claim(engine, engine.value(), Quoted.text(engine.value())));
        if (engines.isEmpty()) {
            table.any("engines").ifPresent(list -> problems.at(list, "expected at least one of " + choices(ENGINES)));
        }
        return engines.stream().map(Located::value).toList();
    }

    /** The word itself when it is one of {@code words}. */
    static String oneOf(List<String> words, String word) throws BadValueException {
        if (words.contains(word)) {
            return word;
        }
        throw new BadValueException("expected %s, found %s%s"
                .formatted(
                        choices(words),
                        Quoted.text(word),
                        NearestKey.of(word, words)
                                .map(near -> "; did you mean \"" + near + "\"?")
                                .orElse("")));
    }

    private static String choices(List<String> words) {
        return "\"" + String.join("\" or \"", words) + "\"";
    }
}
