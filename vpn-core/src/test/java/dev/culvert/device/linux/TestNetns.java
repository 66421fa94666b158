package dev.culvert.device.linux;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

/** A network namespace for one test, removed with all that is in it. */
public final class TestNetns implements AutoCloseable {
    private static final AtomicInteger MADE = new AtomicInteger();

    private final String name = "culvdev-" + ProcessHandle.current().pid() + "-" + MADE.incrementAndGet();

    public TestNetns() {
        run(List.of("ip", "netns", "add", name));
    }

    String name() {
        return name;
    }

    /** What {@code ip -n NAME ...} prints. */
    public String ip(String arguments) {
        List<String> command = new ArrayList<>(List.of("ip", "-n", name));
        command.addAll(List.of(arguments.split(" ")));
        return run(command);
    }

    public <T> T call(Callable<T> body) throws Exception {
        return NetworkNamespace.call(name, body);
    }

    private static String run(List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new AssertionError(String.join(" ", command) + ": " + output);
            }
            return output;
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        run(List.of("ip", "netns", "delete", name));
    }
}
