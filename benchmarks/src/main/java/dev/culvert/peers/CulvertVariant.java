package dev.culvert.peers;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Culvert that is configured otherwise than {@code culvert init} would: {@code NAME=TABLE.KEY=VALUE,TABLE.KEY=VALUE},
 * with the keys of conf/every-key.toml. Whether there are such keys, and may have such values, says Culvert.
 *
 * @param text as it was given
 * @param keys with their tables; values as TOML has them
 */
record CulvertVariant(String text, String name, Map<String, String> keys) {
    private static final Pattern NAMED = Pattern.compile("([^=]+)=(.+)");
    private static final Pattern SETTING = Pattern.compile("([a-z_]+(?:\\.[a-z_]+)+)=(.+)");
    /** A comma may also stand inside a list: only one before another key separates. */
    private static final Pattern SEPARATOR = Pattern.compile(",(?=[a-z_]+(?:\\.[a-z_]+)+=)");

    private static final Pattern LITERAL = Pattern.compile("true|false|[-+]?[0-9][0-9_.]*|[\\[\"'{].*");
    private static final String MTU = "interface.mtu";

    CulvertVariant {
        keys = Map.copyOf(keys);
    }

    /** @throws IllegalArgumentException for a user's mistake, in words for users */
    static CulvertVariant parse(String text) {
        Matcher named = NAMED.matcher(text);
        if (!named.matches()) {
            throw wrong(text);
        }
        Map<String, String> keys = new LinkedHashMap<>();
        for (String setting : SEPARATOR.split(named.group(2), -1)) {
            Matcher matcher = SETTING.matcher(setting);
            if (!matcher.matches()) {
                throw wrong(text);
            }
            keys.put(matcher.group(1), value(matcher.group(2)));
        }
        return new CulvertVariant(text, named.group(1).strip(), keys);
    }

    private static IllegalArgumentException wrong(String text) {
        return new IllegalArgumentException(
                "--culvert %s: expected NAME=TABLE.KEY=VALUE,..., for example 'large=interface.mtu=1500'"
                        .formatted(text));
    }

    private static String value(String given) {
        return LITERAL.matcher(given).matches() ? given : "\"" + given + "\"";
    }

    /** Of its device, where this variant has one of its own. */
    OptionalInt mtu() {
        String mtu = keys.get(MTU);
        return mtu == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(mtu));
    }

    /** A configuration with these keys in the place of its own. */
    String applyTo(String toml) {
        List<String> lines = new ArrayList<>(toml.lines().toList());
        keys.forEach((key, value) -> set(lines, key, value));
        return String.join("\n", lines) + "\n";
    }

    private static void set(List<String> lines, String dotted, String value) {
        int dot = dotted.indexOf('.');
        String table = dotted.substring(0, dot);
        String key = dotted.substring(dot + 1);
        int header = Math.max(lines.indexOf("[" + table + "]"), lines.indexOf("[[" + table + "]]"));
        if (header < 0) {
            lines.addFirst(dotted + " = " + value); // before any table, a key may name its own
            return;
        }
        for (int line = header + 1; line < lines.size() && !lines.get(line).startsWith("["); line++) {
            if (lines.get(line).startsWith(key + " =")) {
                lines.remove(line);
                break;
            }
        }
        lines.add(header + 1, key + " = " + value);
    }
}
