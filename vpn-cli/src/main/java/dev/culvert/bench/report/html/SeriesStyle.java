package dev.culvert.bench.report.html;

import java.util.Locale;

/** How the lines of a plot are told apart: by colour, by the shape of their points, and from the seventh on by both at once. */
record SeriesStyle(int number) {
    private static final String[] SHAPES = {
        "m-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z",
        "m-3.5 -3.5h7v7h-7z",
        "m0 -4.5l4.5 8h-9z",
        "m0 -5l5 5l-5 5l-5 -5z",
        "m0 4.5l4.5 -8h-9z",
        "m-4 -1.5h2.5v-2.5h3v2.5h2.5v3h-2.5v2.5h-3v-2.5h-2.5z",
    };
    private static final String[] TIMES = {"", " again", " thrice"}; // filled; hollow and dashed; hollow and dotted

    /** For an element: what it is, and of which line. */
    String classes(String what) {
        int times = Math.min(number / SHAPES.length, TIMES.length - 1);
        return what + " s" + number % SHAPES.length + TIMES[times];
    }

    /** A path. */
    String point(double x, double y) {
        return String.format(Locale.ROOT, "M%.1f %.1f", x, y) + SHAPES[number % SHAPES.length];
    }
}
