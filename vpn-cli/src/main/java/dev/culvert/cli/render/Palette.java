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

    public String strong(String text) {
        return inCode("\u001b[1m", text);
    }

    public String good(String text) {
        return inCode("\u001b[32m", text);
    }

    public String busy(String text) {
        return inCode("\u001b[33m", text);
    }

    public String bad(String text) {
        return inCode("\u001b[31m", text);
    }

    public String faint(String text) {
        return inCode("\u001b[2m", text);
    }

    private String inCode(String code, String text) {
        return isColoured ? code + text + RESET : text;
    }
}
