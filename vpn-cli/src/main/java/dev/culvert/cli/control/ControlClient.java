package dev.culvert.cli.control;

import dev.culvert.tunnel.TunnelStatus;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Asks running tunnels; sweeps away the sockets of dead ones that it comes across. */
public final class ControlClient {
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(5);
    private static final int MAX_RESPONSE_BYTES = 64 << 20; // a thousand peers are about one megabyte

    private final RunDirectory directory;

    public ControlClient(RunDirectory directory) {
        this.directory = directory;
    }

    /**
     * What the tunnels of this network namespace answered, by name.
     *
     * @param failures of those that gave no answer, which must not hide the others
     */
    public record Answers(List<TunnelStatus> tunnels, List<IOException> failures) {
        public Answers {
            tunnels = List.copyOf(tunnels);
            failures = List.copyOf(failures);
        }
    }

    public Answers all() throws IOException {
        List<TunnelStatus> tunnels = new ArrayList<>();
        List<IOException> failures = new ArrayList<>();
        refuseIfForbidden();
        for (String name : directory.names()) {
            try {
                tunnels.add(status(name));
            } catch (NotRunningException _) {
                // it ended between the listing and the question, or was dead already and has been swept
            } catch (IOException failed) {
                failures.add(failed);
            }
        }
        return new Answers(tunnels, failures);
    }

    public TunnelStatus status(String name) throws IOException {
        try (LineChannel connection = connect(name)) {
            return ask(connection, name, ControlRequest.STATUS)
                    .status()
                    .orElseThrow(() -> new IOException(name + ": its process answered without a status"));
        }
    }

    /** Returns when the tunnel and its device are gone. */
    public void stop(String name, Duration timeout) throws IOException {
        try (LineChannel connection = connect(name)) {
            ControlResponse answer = ask(connection, name, ControlRequest.STOP);
            try {
                connection.awaitEnd(timeout); // the process holds the connection open until it is done
            } catch (SocketTimeoutException _) {
                throw new IOException("%s: still there %d seconds after it was asked to stop; process %d"
                        .formatted(name, timeout.toSeconds(), answer.processId()));
            }
        }
    }

    long processIdOf(String name) throws IOException {
        return status(name).processId();
    }

    private void refuseIfForbidden() throws IOException {
        if (directory.isForbidden()) {
            throw new IOException(
                    "%s: permission denied: only root, or the user the tunnel runs as, may ask: run as root"
                            .formatted(directory));
        }
    }

    private LineChannel connect(String name) throws IOException {
        refuseIfForbidden();
        if (!directory.exists() || sweep(name) != Liveness.ALIVE) {
            throw new NotRunningException(name);
        }
        return LineChannel.over(SocketChannel.open(UnixDomainSocketAddress.of(directory.socketOf(name))));
    }

    private Liveness sweep(String name) throws IOException {
        Liveness seen = Liveness.of(directory.socketOf(name));
        if (seen != Liveness.STALE) {
            return seen;
        }
        return directory.alone(() -> {
            Liveness now = Liveness.of(directory.socketOf(name));
            if (now == Liveness.STALE) {
                Files.deleteIfExists(directory.socketOf(name));
            }
            return now;
        });
    }

    private static ControlResponse ask(LineChannel connection, String name, String command) throws IOException {
        ControlResponse answer;
        try {
            connection.writeLine(Json.line(new ControlRequest(command)), ANSWER_TIMEOUT);
            answer = Json.read(connection.readLine(MAX_RESPONSE_BYTES, ANSWER_TIMEOUT), ControlResponse.class);
        } catch (IOException failed) {
            throw new IOException(
                    "%s: no usable answer on its control socket: %s".formatted(name, failed.getMessage()), failed);
        }
        if (!answer.ok()) {
            throw new IOException(
                    "%s: refused: %s".formatted(name, answer.error().orElse("no reason given")));
        }
        return answer;
    }
}
