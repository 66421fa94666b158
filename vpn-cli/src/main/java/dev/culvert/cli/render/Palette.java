package dev.culvert.cli.render;

/** The few colours used, or none of them. */
public enum Palette {
    PLAIN(false),
    COLOURED(true);

    private static final String RESET = "\u001b[0m";

    private final boolean isColoured;

    Palette(boolean isColoured) {
        this.isColoured = isColoured;
    }

    String strong(String text) {
        return inCode("\u001b[1m", text);
    }

    String good(String text) {
        return inCode("\u001b[32m", text);
    }

    String busy(String text) {
        return inCode("\u001b[33m", text);
    }

    String bad(String text) {
        return inCode("\u001b[31m", text);
    }

    String faint(String text) {
        return inCode("\u001b[2m", text);
    }

    private String inCode(String code, String text) {
        return isColoured ? code + text + RESET : text;
    }
}
