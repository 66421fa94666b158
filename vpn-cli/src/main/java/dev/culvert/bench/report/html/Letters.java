package dev.culvert.bench.report.html;

import java.util.ArrayList;
import java.util.List;

/**
 * How much room words take in a plot. A page is shown in the reader's font, so these are of the widest one that is
 * common, DejaVu Sans.
 */
final class Letters {
    static final double NAME = 7.6;
    /** Bold. */
    static final double VALUE = 8.4;

    static final double TICK = 7.4;

    private static final int FIRST_WIDE = 0x1100; // from Hangul on, signs are about square
    private static final char ELLIPSIS = '…';

    private Letters() {}

    static int count(String text) {
        return text.codePoints().map(each -> each < FIRST_WIDE ? 1 : 2).sum();
    }

    static int fitting(double width, double letter) {
        return (int) (width / letter);
    }

    /** The whole name on one line or two; what is longer ends in an ellipsis. */
    static List<String> lines(String name, int most) {
        if (count(name) <= most) {
            return List.of(name);
        }
        int space = name.lastIndexOf(' ', cut(name, most));
        String first = name.substring(0, space > 0 ? space : cut(name, most));
        return new ArrayList<>(
                List.of(first, shortened(name.substring(first.length()).strip(), most)));
    }

    static String shortened(String name, int most) {
        return count(name) <= most ? name : name.substring(0, cut(name, most - 1)) + ELLIPSIS;
    }

    /** Where so many letters end: never in the middle of one. */
    private static int cut(String text, int most) {
        int end = 0;
        int letters = 0;
        while (end < text.length()) {
            int next = text.codePointAt(end);
            letters += next < FIRST_WIDE ? 1 : 2;
            if (letters > most) {
                break;
            }
            end += Character.charCount(next);
        }
        return end;
    }
}
