package dev.culvert.cli.toml;

import dev.culvert.config.CryptoConfig;
import dev.culvert.crypto.AeadEngines;
import dev.culvert.crypto.CipherChoice;
import dev.culvert.crypto.CipherSuite;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The table {@code [crypto]}. */
final class CryptoReader {
    static final List<String> KEYS = List.of("engines", "cipher");

    private static final List<String> ENGINES = CryptoConfig.DEFAULT.engines();
    /** Those that can begin a session. */
    private static final Set<String> FIRST = AeadEngines.names(CipherSuite.CHACHA20_POLY1305);

    private final ConfigProblems problems;

    CryptoReader(ConfigProblems problems) {
        this.problems = problems;
    }

    CryptoConfig read(Optional<TableReader> given) {
        if (given.isEmpty()) {
            return CryptoConfig.DEFAULT;
        }
        TableReader table = given.get();
        return new CryptoConfig(engines(table), cipher(table).orElse(CryptoConfig.DEFAULT.cipher()));
    }

    /** The key {@code cipher}, which peers may have, too. */
    static Optional<CipherChoice> cipher(TableReader table) {
        return table.parsed("cipher", CipherChoice.AUTO.text(), CryptoReader::choice)
                .map(Located::value);
    }

    private static CipherChoice choice(String text) throws BadValueException {
        String known = oneOf(
                Arrays.stream(CipherChoice.values()).map(CipherChoice::text).toList(), text);
        return Arrays.stream(CipherChoice.values())
                .filter(choice -> choice.text().equals(known))
                .findFirst()
                .orElseThrow();
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
        } else if (engines.stream().noneMatch(engine -> FIRST.contains(engine.value()))) {
            table.any("engines")
                    .ifPresent(list -> problems.at(
                            list,
                            "every session begins with chacha20-poly1305: add at least one of "
                                    + choices(List.copyOf(FIRST))));
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
