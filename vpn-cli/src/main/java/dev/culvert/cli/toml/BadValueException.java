package dev.culvert.cli.toml;

/** A value that cannot be what its key asks for. The message says what was expected and what was found. */
public final class BadValueException extends Exception {
    private static final long serialVersionUID = 1L;

    BadValueException(String message) {
        super(message);
    }

    String text() {
        return String.valueOf(getMessage());
    }
}
