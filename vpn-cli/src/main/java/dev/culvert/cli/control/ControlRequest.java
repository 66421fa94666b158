package dev.culvert.cli.control;

import org.jspecify.annotations.Nullable;

/** What a client asks; {@code command} is whatever the client sent, or nothing. */
record ControlRequest(@Nullable String command) {
    static final String STATUS = "status";
    static final String STOP = "stop";
}
