package dev.culvert.crypto;

/** None of the configured engines can be used; the message names each with its reason. */
public final class NoAeadEngineException extends Exception {
    private static final long serialVersionUID = 1L;

    NoAeadEngineException(String message) {
        super(message);
    }
}
