package dev.culvert.cli.render;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Durations, sizes and counts as people read them. */
final class HumanText {
    private static final String[] BINARY_UNITS = {"KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
    private static final int UNITS_SHOWN = 2;

    private HumanText() {}

    /** {@code 1 minute, 12 seconds}: the two largest units that are not zero. */
    static String duration(Duration duration) {
        List<String> parts = new ArrayList<>();
        addPart(parts, duration.toDays(), "day");
        addPart(parts, duration.toHoursPart(), "hour");
        addPart(parts, duration.toMinutesPart(), "minute");
        addPart(parts, duration.toSecondsPart(), "second");
        return parts.isEmpty() ? "0 seconds" : String.join(", ", parts.subList(0, Math.min(UNITS_SHOWN, parts.size())));
    }

    private static void addPart(List<String> parts, long count, String unit) {
        if (count > 0) {
            parts.add(count(count, unit));
        }
    }

    /** How long ago; clocks may have been set back since. */
    static String ago(Instant then, Instant now) {
        Duration age = Duration.between(then, now);
        return age.toSeconds() <= 0 ? "now" : duration(age) + " ago";
    }

    static String bytes(long bytes) {
        if (bytes < 1024) {
            return bytes + " B";
        }
        double scaled = bytes;
        int unit = -1;
        while (scaled >= 1024 && unit < BINARY_UNITS.length - 1) {
            scaled /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, "%.2f %s", scaled, BINARY_UNITS[unit]);
    }

    static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** {@code 1 peer}, {@code 2 peers}. */
    static String count(long count, String noun) {
        return number(count) + " " + noun + (count == 1 ? "" : "s");
    }
}
