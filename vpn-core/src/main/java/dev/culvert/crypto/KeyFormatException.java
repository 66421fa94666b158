package dev.culvert.crypto;

/** A text that is no key. The message never repeats the text: it may be most of a secret. */
public final class KeyFormatException extends Exception {
    private static final long serialVersionUID = 1L;

    KeyFormatException(String message) {
        super(message);
    }
}
