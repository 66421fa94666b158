package dev.culvert.bench.report;

import java.util.ArrayList;
import java.util.List;

/** Text from elsewhere, made fit to be shown. */
public final class PlainText {
    private PlainText() {}

    /** Without what would move the cursor, change its colour or turn the direction of the words beside it. */
    static String of(String text) {
        StringBuilder safe = new StringBuilder();
        text.codePoints().forEach(each -> safe.appendCodePoint(isShown(each) ? each : '?'));
        return safe.toString();
    }

    /** Whether it is a sign or a space, and does nothing. */
    public static boolean isShown(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, // those above 0x7f as well: some terminals obey them
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }

    static List<String> wrapped(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.strip().split("\\s+", -1)) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(of(word));
        }
        lines.add(line.toString());
        return lines;
    }
}
