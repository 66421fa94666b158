package dev.culvert.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.ExitCode;

/** What the exit code of {@code culvert} says; part of its interface. */
final class ExitCodes {
    static final int OK = ExitCode.OK;
    static final int FAILED = ExitCode.SOFTWARE;
    static final int USAGE = ExitCode.USAGE;
    static final int NOT_RUNNING = 3;

    private ExitCodes() {}

    /**
     * For the end of every help text.
     *
     * @param isComparing of a command that has {@code --against}
     */
    static Map<String, String> descriptions(boolean isComparing) {
        Map<String, String> descriptions = new LinkedHashMap<>();
        descriptions.put(String.valueOf(OK), "done");
        descriptions.put(
                String.valueOf(FAILED),
                "failed while running; stderr says why" + (isComparing ? "; or --against found what got worse" : ""));
        descriptions.put(
                String.valueOf(USAGE), "wrong usage, or a fault in a configuration or key; nothing was changed");
        descriptions.put(String.valueOf(NOT_RUNNING), "no such tunnel is running");
        descriptions.put("130, 143", "ended by SIGINT or SIGTERM, in order");
        return descriptions;
    }
}
