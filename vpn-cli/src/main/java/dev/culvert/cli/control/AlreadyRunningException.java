package dev.culvert.cli.control;

import java.io.IOException;

/** A tunnel of this name runs already in this network namespace. */
public final class AlreadyRunningException extends IOException {
    private static final long serialVersionUID = 1L;

    AlreadyRunningException(String name, String who) {
        super("%s: already running (%s); stop it first: culvert down %s".formatted(name, who, name));
    }
}
