package dev.culvert.lab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A command that has ended.
 *
 * @param output both streams, in the order written
 */
public record CommandResult(List<String> command, int exitCode, String output) {
    public CommandResult {
        command = List.copyOf(command);
    }

    public boolean succeeded() {
        return exitCode == 0;
    }

    /** This result, or an exception with what the command printed. */
    public CommandResult orThrow() throws LabException {
        if (!succeeded()) {
            throw new LabException(
                    "%s: exit code %d: %s".formatted(String.join(" ", command), exitCode, output.strip()));
        }
        return this;
    }

    /** Runs a command to its end; after {@code limit} it is killed, which is an exception. */
    static CommandResult of(Duration limit, List<String> command) throws LabException {
        String text = String.join(" ", command);
        Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
        } catch (IOException e) {
            throw new LabException(text + ": " + e.getMessage(), e);
        }
        CompletableFuture<String> output = new CompletableFuture<>();
        Thread.ofVirtual().name("output of " + text).start(() -> readInto(output, process));
        try {
            if (process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                return new CommandResult(command, process.exitValue(), output.join());
            }
            throw new LabException("%s: not done after %s".formatted(text, seconds(limit)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException(text + ": interrupted", e);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static void readInto(CompletableFuture<String> output, Process process) {
        try (var in = process.getInputStream()) {
            output.complete(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            output.complete("(output lost: " + e.getMessage() + ")");
        }
    }

    static String seconds(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
    }
}
