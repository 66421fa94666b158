package dev.culvert.cli;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** How many characters fit into a line. */
final class TerminalWidth {
    private static final int ELSEWHERE = 100;
    private static final int LEAST = 40;
    private static final int MOST = 160;

    private TerminalWidth() {}

    /** @param isTerminal whether there is one to be asked */
    static int columns(boolean isTerminal) {
        return isTerminal ? Math.clamp(asked(), LEAST, MOST) : ELSEWHERE;
    }

    private static int asked() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(new File("/dev/tty"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String size = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            int columns = size.isBlank() ? 0 : Integer.parseInt(size.strip().split(" ", -1)[1]);
            return columns == 0 ? ELSEWHERE : columns;
        } catch (IOException | NumberFormatException _) {
            return ELSEWHERE;
        }
    }
}
