package dev.culvert.cli.control;

import java.io.IOException;

/** No tunnel of this name runs in this network namespace. */
public final class NotRunningException extends IOException {
    private static final long serialVersionUID = 1L;

    NotRunningException(String name) {
        super(name + ": not running; culvert status lists what is");
    }
}
