package dev.culvert.bench.machine;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The system calls of some processes, all threads, as the kernel counts them: {@code perf stat -e
 * raw_syscalls:sys_enter}. Every call is in it, whatever it was for. Slows them down a little meanwhile.
 */
public final class SystemCallCount implements AutoCloseable {
    public static final String PROGRAM = "perf";
    private static final String EVENT = "raw_syscalls:sys_enter";

    private static final Pattern RESULT = Pattern.compile("(\\d+|<not counted>),,%s,.*".formatted(EVENT));

    private final OwnedProgram perf;
    private final OutputStream commands;
    private final BufferedReader answers;
    private final BufferedReader results;

    private SystemCallCount(OwnedProgram perf) {
        this.perf = perf;
        this.commands = perf.process().getOutputStream();
        this.answers = perf.process().inputReader(StandardCharsets.US_ASCII);
        this.results =
                new BufferedReader(new InputStreamReader(perf.process().getErrorStream(), StandardCharsets.UTF_8));
    }

    /** Counts nothing yet. {@code processes} must not be empty. */
    public static SystemCallCount of(List<ProcessHandle> processes) throws IOException {
        String pids =
                processes.stream().map(process -> Long.toString(process.pid())).collect(Collectors.joining(","));
        // Perf ends, and prints, when the program does that it was given to run: at our word, or when we are gone.
        String us = Long.toString(ProcessHandle.current().pid());
        return new SystemCallCount(OwnedProgram.start(
                PROGRAM,
                "stat",
                "--delay=-1",
                "--control=fd:0,1",
                "-x,",
                "-e",
                EVENT,
                "-p",
                pids,
                "tail",
                "--pid=" + us,
                "-f",
                "/dev/null"));
    }

    /** @throws IOException where this machine does not let perf count, with perf's words */
    public static void check() throws IOException {
        try (SystemCallCount count = of(List.of(ProcessHandle.current()))) {
            count.enable();
            count.disable();
            var _ = count.result();
        }
    }

    public void enable() throws IOException {
        tell("enable");
    }

    public void disable() throws IOException {
        tell("disable");
    }

    /**
     * Between enabling and disabling; ends the counting. Empty when perf says that it has not counted, as it does where no
     * thread ran meanwhile: because all slept, or because they are gone.
     */
    public OptionalLong result() throws IOException {
        commands.close();
        perf.process().children().forEach(ProcessHandle::destroy);
        List<String> printed = new ArrayList<>();
        for (String line = results.readLine(); line != null; line = results.readLine()) {
            Matcher result = RESULT.matcher(line);
            if (result.matches()) {
                return result.group(1).startsWith("<")
                        ? OptionalLong.empty()
                        : OptionalLong.of(Long.parseLong(result.group(1)));
            }
            printed.add(line);
        }
        throw failed(printed);
    }

    private void tell(String command) throws IOException {
        try {
            commands.write((command + "\n").getBytes(StandardCharsets.US_ASCII));
            commands.flush();
        } catch (IOException _) {
            throw failed(results.readAllLines()); // it has ended: why, it has told
        }
        if (answers.readLine() == null) {
            throw failed(results.readAllLines());
        }
    }

    private static IOException failed(List<String> printed) {
        return new IOException("%s stat: %s".formatted(PROGRAM, String.join(" ", printed)));
    }

    /** Ends perf, whatever it does. */
    @Override
    public void close() {
        perf.close();
    }
}
