package dev.culvert.peers;

import dev.culvert.bench.contest.Subject;
import dev.culvert.lab.LabException;
import dev.culvert.lab.LabProcess;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A peer whose both ends have been started.
 *
 * @param ends the programs; empty for a cable, one for what has both ends in one process
 * @param culvert for a Culvert
 */
record RunningPeer(
        String name,
        Place place,
        String firstAddress,
        String secondAddress,
        int mtu,
        List<LabProcess> ends,
        Optional<CulvertEnds> culvert)
        implements Subject, AutoCloseable {
    private static final Duration GRACE = Duration.ofSeconds(5);

    RunningPeer {
        ends = List.copyOf(ends);
    }

    static RunningPeer cable(String name, Place place, int mtu) {
        String first = place.first().underlay();
        String second = place.second().underlay();
        return new RunningPeer(name, place, first, second, mtu, List.of(), Optional.empty());
    }

    static RunningPeer tunnel(String name, Place place, List<LabProcess> ends) {
        return tunnel(name, place, place.mtu(), ends, Optional.empty());
    }

    static RunningPeer culvert(String name, Place place, int mtu, CulvertEnds ends) {
        return tunnel(name, place, mtu, ends.processes(), Optional.of(ends));
    }

    private static RunningPeer tunnel(
            String name, Place place, int mtu, List<LabProcess> ends, Optional<CulvertEnds> culvert) {
        String first = place.first().address();
        String second = place.second().address();
        return new RunningPeer(name, place, first, second, mtu, ends, culvert);
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

    @Override
    public OptionalLong crossings() throws LabException {
        return culvert.isPresent() ? OptionalLong.of(culvert.get().crossings()) : OptionalLong.empty();
    }

    /** @throws LabException with the last words of both ends when one is gone */
    void ensureAlive() throws LabException {
        if (!isAlive()) {
            throw failure("an end is gone");
        }
    }

    boolean isAlive() {
        return ends.stream().allMatch(LabProcess::isAlive);
    }

    /** With the last lines of both logs. */
    LabException failure(String what) {
        StringBuilder text = new StringBuilder("%s: %s".formatted(name, what));
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
