package dev.culvert.cli.toml;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tomlj.TomlParseError;

/** The parser's complaints; the most frequent one, text without quotes, in words that say what to do. */
final class SyntaxText {
    private static final Pattern NO_VALUE =
            Pattern.compile("Unexpected (.+), expected ', \", ''', \"\"\", a number, .*", Pattern.DOTALL);

    private SyntaxText() {}

    static String of(TomlParseError error) {
        String message = String.valueOf(error.getMessage());
        Matcher noValue = NO_VALUE.matcher(message);
        return noValue.matches()
                ? "expected a value (text stands in double quotes), found " + noValue.group(1)
                : message;
    }
}
