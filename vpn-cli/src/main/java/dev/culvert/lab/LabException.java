package dev.culvert.lab;

import java.io.IOException;

/** The lab could not do what was asked. The message stands by itself: object, cause, and the remedy where one is known. */
public final class LabException extends IOException {
    private static final long serialVersionUID = 1L;

    public LabException(String message) {
        super(message);
    }

    public LabException(String message, Throwable cause) {
        super(message, cause);
    }
}
