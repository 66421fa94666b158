package dev.culvert.cli.toml;

/** Text of the operator's, made fit to stand in a message on a terminal. */
final class Quoted {
    private static final int MAX_CHARACTERS = 60;

    private Quoted() {}

    /** In double quotes, cut to a readable length. */
    static String text(String text) {
        int cut = text.length() <= MAX_CHARACTERS ? text.length() : text.offsetByCodePoints(0, MAX_CHARACTERS / 2);
        return "\"" + text.substring(0, cut) + (cut < text.length() ? "..." : "") + "\"";
    }

    static String key(String key) {
        return "`" + (key.length() <= MAX_CHARACTERS ? key : key.substring(0, MAX_CHARACTERS) + "...") + "`";
    }

    /** A word for the shell: as it is, or in single quotes where the shell would not take it so. */
    static String shellWord(String word) {
        return word.matches("[A-Za-z0-9_@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    /** Control characters could move the cursor or colour the terminal: they are shown as escapes. */
    static String printable(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (isHarmless(c)) {
                shown.appendCodePoint(c);
            } else {
                shown.append("\\u%04x".formatted(c));
            }
        });
        return shown.toString();
    }

    static boolean isHarmless(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
