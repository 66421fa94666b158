package dev.culvert.bench.report;

import java.util.ArrayList;
import java.util.List;

/** Text from elsewhere, made fit for a terminal. */
final class PlainText {
    private PlainText() {}

    /** Without what would move the cursor or change its colour. */
    static String of(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
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
