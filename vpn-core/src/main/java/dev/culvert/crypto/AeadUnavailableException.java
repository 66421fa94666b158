package dev.culvert.crypto;

import org.jspecify.annotations.Nullable;

/** An engine cannot be used on this machine; the message says why and becomes part of what the operator reads. */
final class AeadUnavailableException extends Exception {
    private static final long serialVersionUID = 1L;

    AeadUnavailableException(String message) {
        super(message);
    }

    AeadUnavailableException(@Nullable String message, Throwable cause) {
        super(message, cause);
    }
}
