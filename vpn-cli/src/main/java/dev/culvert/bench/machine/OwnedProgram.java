package dev.culvert.bench.machine;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A program that ends with us at the latest, and its children with it, at whatever moment the JVM is asked to end. */
final class OwnedProgram implements AutoCloseable {
    private static final long LAST_WAIT_SECONDS = 5;

    private final Thread atExit = new Thread(this::kill, "program-clean-up");
    private Optional<Process> process = Optional.empty(); // guarded by this
    private boolean closed; // guarded by this

    private OwnedProgram() {}

    static OwnedProgram start(String... command) throws IOException {
        OwnedProgram program = new OwnedProgram();
        try {
            Runtime.getRuntime().addShutdownHook(program.atExit); // first: what starts later is ours already
        } catch (IllegalStateException e) {
            throw new IOException(command[0] + " is not started: everything ends", e);
        }
        try {
            program.launch(command);
            return program;
        } catch (IOException e) {
            program.close();
            throw e;
        }
    }

    private synchronized void launch(String... command) throws IOException {
        if (closed) {
            throw new IOException(command[0] + " is not started: everything ends");
        }
        process = Optional.of(new ProcessBuilder(command).start());
    }

    synchronized Process process() {
        return process.orElseThrow();
    }

    @Override
    public void close() {
        kill();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException _) {
            // the JVM is ending: the hook finds nothing to do
        }
    }

    private synchronized void kill() {
        closed = true;
        process.ifPresent(OwnedProgram::kill);
    }

    private static void kill(Process process) {
        List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        all.forEach(ProcessHandle::destroyForcibly);
        // So that they take nothing from what comes next.
        CompletableFuture.allOf(all.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new))
                .completeOnTimeout(null, LAST_WAIT_SECONDS, TimeUnit.SECONDS)
                .join();
    }
}
