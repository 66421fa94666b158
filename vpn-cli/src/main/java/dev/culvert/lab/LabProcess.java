package dev.culvert.lab;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/** A program, inside a host as a rule. What it prints is kept, for those who wait for a line and for error messages. */
public final class LabProcess implements AutoCloseable {
    private static final Duration GRACE = Duration.ofSeconds(5);
    /** Far more than a well-behaved program prints; a chatty one must not fill the heap. */
    private static final int MAX_LINES = 100_000;

    private final String name;
    private final Process process;
    private final Thread reader;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<String> lines = new ArrayList<>(); // guarded by lock
    private boolean ended; // guarded by lock: no line follows
    private int awaitedLines; // guarded by lock

    private LabProcess(String name, Process process) {
        this.name = name;
        this.process = process;
        this.reader = Thread.ofVirtual().name("output of " + name).start(this::readLines);
    }

    /**
     * Starts another program of Culvert's, outside of any host, with the Java, the flags and the classes of this JVM. The
     * caller closes it; the program learns by the end of its input when this JVM is gone.
     */
    public static LabProcess startJvm(String name, Class<?> main, String... arguments) throws LabException {
        return startListening(name, SameJvm.run(main, arguments));
    }

    static LabProcess start(String name, List<String> command) throws LabException {
        LabProcess started = startListening(name, command);
        try {
            started.process.getOutputStream().close();
            return started;
        } catch (IOException e) {
            throw new LabException(name + ": " + e.getMessage(), e);
        }
    }

    /** A program that may be {@linkplain #say told} something, and learns by the end of its input that we are gone. */
    static LabProcess startListening(String name, List<String> command) throws LabException {
        try {
            return new LabProcess(
                    name, new ProcessBuilder(command).redirectErrorStream(true).start());
        } catch (IOException e) {
            throw new LabException(name + ": " + e.getMessage(), e);
        }
    }

    /** Writes a line to its standard input. */
    public void say(String line) throws LabException {
        try {
            process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
        } catch (IOException e) {
            throw new LabException("%s does not listen: %s".formatted(name, e.getMessage()), e);
        }
    }

    /** Writes a word to its standard input, and returns what stands behind the same word in the answer. One caller at a time. */
    public String ask(String word, Duration limit) throws LabException {
        say(word);
        return awaitLine("an answer to " + word, line -> line.startsWith(word), limit)
                .substring(word.length())
                .strip();
    }

    public String name() {
        return name;
    }

    /** For what the operating system knows of it; a program that has ended is a fault. */
    public ProcessHandle handle() throws LabException {
        if (!process.isAlive()) {
            lock.lock();
            try {
                throw new LabException(name + " has ended" + lastWords());
            } finally {
                lock.unlock();
            }
        }
        return process.toHandle();
    }

    /** Of the program itself: {@code ip netns exec} has become it. */
    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** What it has printed until now. */
    public List<String> log() {
        lock.lock();
        try {
            return List.copyOf(lines);
        } finally {
            lock.unlock();
        }
    }

    /** The next line that contains {@code text}, from behind the line awaited before. */
    public String awaitLine(String text, Duration limit) throws LabException {
        return awaitLine("\"" + text + "\"", line -> line.contains(text), limit);
    }

    public String awaitLine(String description, Predicate<String> wanted, Duration limit) throws LabException {
        long remainingNanos = limit.toNanos();
        lock.lock();
        try {
            while (true) {
                while (awaitedLines < lines.size()) {
                    String line = lines.get(awaitedLines++);
                    if (wanted.test(line)) {
                        return line;
                    }
                }
                if (ended) {
                    throw new LabException("%s ended before it printed %s%s".formatted(name, description, lastWords()));
                }
                if (remainingNanos <= 0) {
                    throw new LabException("%s did not print %s within %s%s"
                            .formatted(name, description, CommandResult.seconds(limit), lastWords()));
                }
                remainingNanos = changed.awaitNanos(remainingNanos);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException(name + ": interrupted", e);
        } finally {
            lock.unlock();
        }
    }

    /** Asks it to end (SIGTERM), and kills it when it does not within 5 s. Returns the exit code. */
    public int stop() throws LabException {
        askToEnd();
        return awaitExit(GRACE);
    }

    void askToEnd() {
        process.toHandle().destroy(); // Process.destroy would close the pipe, and its last words would be lost
    }

    /** SIGKILL: it gets no chance to clean up. */
    public void kill() throws LabException {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        awaitExit(GRACE);
    }

    /** The exit code; after {@code limit} the process is killed, and its exit code is 137. */
    public int awaitExit(Duration limit) throws LabException {
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                process.waitFor();
            }
            reader.join(GRACE); // a grandchild may hold the pipe open: not for ever
            return process.exitValue();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new LabException(name + ": interrupted", e);
        }
    }

    /** As {@link #stop}. */
    @Override
    public void close() throws LabException {
        stop();
    }

    private void readLines() {
        try (BufferedReader in =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                onLine(line);
            }
        } catch (IOException e) {
            onLine("(output lost: " + e.getMessage() + ")");
        }
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void onLine(String line) {
        lock.lock();
        try {
            if (lines.size() < MAX_LINES) {
                lines.add(line);
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Caller holds the lock. */
    private String lastWords() {
        List<String> last = lines.subList(Math.max(0, lines.size() - 5), lines.size());
        return last.isEmpty() ? "; it printed nothing" : "; it printed last: " + String.join(" | ", last);
    }
}
