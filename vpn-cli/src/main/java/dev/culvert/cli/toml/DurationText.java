package dev.culvert.cli.toml;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 25s}, {@code 1m30s}, {@code 2h}. */
final class DurationText {
    private static final Pattern WHOLE = Pattern.compile("(?:\\d{1,6}(?:ms|s|m|h))+");
    private static final Pattern PART = Pattern.compile("(\\d+)(ms|s|m|h)");

    private DurationText() {}

    static Duration parse(String text) throws BadValueException {
        if (text.matches("\\d{1,6}")) {
            throw new BadValueException("a unit is missing: write \"" + text + "s\" for seconds");
        }
        if (!WHOLE.matcher(text).matches()) {
            throw new BadValueException("expected a duration such as \"25s\" or \"1m30s\", found " + Quoted.text(text));
        }
        Duration sum = Duration.ZERO;
        Matcher part = PART.matcher(text);
        while (part.find()) {
            sum = sum.plus(of(Long.parseLong(part.group(1)), part.group(2)));
        }
        return sum;
    }

    private static Duration of(long count, String unit) {
        return switch (unit) {
            case "ms" -> Duration.ofMillis(count);
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            default -> Duration.ofHours(count);
        };
    }
}
