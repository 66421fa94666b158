package dev.culvert.peers;

import dev.culvert.bench.contest.Subject;
import dev.culvert.lab.CommandResult;
import dev.culvert.lab.LabException;
import dev.culvert.lab.LabHost;
import dev.culvert.lab.LabProcess;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A peer whose both ends have been started.
 *
 * @param ends the programs; empty for a cable, one for what has both ends in one process
 */
record RunningPeer(String name, Place place, String firstAddress, String secondAddress, int mtu, List<LabProcess> ends)
        implements Subject, AutoCloseable {
    private static final Duration GRACE = Duration.ofSeconds(5);

    static RunningPeer tunnel(String name, Place place, List<LabProcess> ends) {
        return new RunningPeer(
                name, place, place.first().address(), place.second().address(), Place.MTU, List.copyOf(ends));
    }

    /** With the children of each: what a script or a daemon has started belongs to the price. */
    @Override
    public List<ProcessHandle> processes() {
        return ends.stream()
                .map(LabProcess::pid)
                .flatMap(pid -> ProcessHandle.of(pid).stream())
                .flatMap(program -> Stream.concat(Stream.of(program), program.descendants()))
                .toList();
    }

    /** Answers pings from either side; otherwise an exception with what both ends printed. */
    void awaitConnected(Duration limit) throws LabException {
        long deadlineNanos = System.nanoTime() + limit.toNanos();
        awaitAnswer(place.one(), secondAddress, deadlineNanos);
        awaitAnswer(place.two(), firstAddress, deadlineNanos);
    }

    private void awaitAnswer(LabHost from, String address, long deadlineNanos) throws LabException {
        while (true) {
            CommandResult ping = from.run("ping", "-n", "-q", "-c", "1", "-W", "1", address);
            if (ping.succeeded()) {
                return;
            }
            boolean gone = ends.stream().anyMatch(end -> !end.isAlive());
            if (gone || System.nanoTime() - deadlineNanos >= 0) {
                throw failure("%s gets no answer from %s%s".formatted(from, address, gone ? ": an end is gone" : ""));
            }
        }
    }

    /** With the last lines of both logs. */
    LabException failure(String what) {
        StringBuilder text = new StringBuilder("%s does not connect: %s".formatted(name, what));
        for (LabProcess end : ends) {
            text.append("\n  ").append(end.name()).append(Place.lastWords(end));
        }
        return new LabException(text.toString());
    }

    /** Ends both, and whatever they have started. */
    @Override
    public void close() throws LabException {
        List<ProcessHandle> all = processes();
        for (LabProcess end : ends) {
            end.close();
        }
        for (ProcessHandle process : all) {
            process.destroyForcibly();
            process.onExit().orTimeout(GRACE.toMillis(), TimeUnit.MILLISECONDS).join();
        }
    }
}
