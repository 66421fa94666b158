package dev.culvert.lab;

import dev.culvert.cli.control.ControlClient;
import dev.culvert.tunnel.TunnelStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code culvert up FILE} in a process of its own inside a host, with the Java and the classes of this JVM. */
public final class CulvertProcess implements AutoCloseable {
    private static final Pattern READY = Pattern.compile("(\\S+): ready.*");
    private static final Duration POLL_INTERVAL = Duration.ofMillis(20);

    private final LabHost host;
    private final LabProcess process;
    private final String name;
    private final ControlClient control;

    private CulvertProcess(LabHost host, LabProcess process, String name) {
        this.host = host;
        this.process = process;
        this.name = name;
        this.control = new ControlClient(host.runDirectory());
    }

    /** Starts it and waits until the tunnel says that it is ready. */
    public static CulvertProcess up(LabHost host, Path config, Duration limit) throws LabException {
        return start(host, config).awaitReady(limit);
    }

    /** A tunnel that has been started and may not be ready yet: so that two can start at once. */
    public record Starting(LabHost host, LabProcess process) {
        public CulvertProcess awaitReady(Duration limit) throws LabException {
            String line = process.awaitLine(
                    "that it is ready", candidate -> READY.matcher(candidate).matches(), limit);
            Matcher ready = READY.matcher(line);
            if (!ready.matches()) {
                throw new AssertionError(line);
            }
            return new CulvertProcess(host, process, ready.group(1));
        }
    }

    public static Starting start(LabHost host, Path config) throws LabException {
        return start(host, SameJvm.culvert("up", config.toString()));
    }

    /** By another command line that ends up as {@code culvert up}, in the process that it began in. */
    public static Starting start(LabHost host, List<String> command) throws LabException {
        return new Starting(host, host.start("culvert up", command));
    }

    /** Of the tunnel and its device. */
    public String name() {
        return name;
    }

    public LabHost host() {
        return host;
    }

    public LabProcess process() {
        return process;
    }

    /** Asked over its control socket. */
    public TunnelStatus status() throws LabException {
        try {
            return control.status(name);
        } catch (IOException e) {
            throw new LabException(host + ": " + e.getMessage(), e);
        }
    }

    /** The first status that is {@code wanted}, asking again and again. */
    public TunnelStatus awaitStatus(String description, Predicate<TunnelStatus> wanted, Duration limit)
            throws LabException {
        long deadlineNanos = System.nanoTime() + limit.toNanos();
        while (true) {
            TunnelStatus status = status();
            if (wanted.test(status)) {
                return status;
            }
            if (System.nanoTime() - deadlineNanos >= 0) {
                throw new LabException("%s: not %s within %s: %s"
                        .formatted(process.name(), description, CommandResult.seconds(limit), summary(status)));
            }
            LockSupport.parkNanos(POLL_INTERVAL.toNanos());
            if (Thread.currentThread().isInterrupted()) {
                throw new LabException(process.name() + ": interrupted");
            }
        }
    }

    /** All peers have a session. */
    public TunnelStatus awaitSessions(Duration limit) throws LabException {
        return awaitStatus(
                "connected to its peers",
                status -> status.peers().stream().allMatch(peer -> peer.state() == TunnelStatus.PeerState.ESTABLISHED),
                limit);
    }

    /** Until it has a session with every peer, and all of them, Culverts too, have said what to seal with. */
    public TunnelStatus awaitHellos(Duration limit) throws LabException {
        return awaitStatus(
                "agreed with its peers about ciphers",
                status -> status.peers().stream().allMatch(TunnelStatus.Peer::saidHello),
                limit);
    }

    /** Asks it to end; returns its exit code. */
    public int stop() throws LabException {
        return process.stop();
    }

    @Override
    public void close() throws LabException {
        process.close();
    }

    private static String summary(TunnelStatus status) {
        StringBuilder text = new StringBuilder(String.join("; ", status.imbalances()));
        for (TunnelStatus.Peer peer : status.peers()) {
            text.append(text.isEmpty() ? "" : "; ")
                    .append("peer %s is %s, %s".formatted(peer.name(), peer.state(), peer.detail()));
        }
        return text.toString();
    }
}
