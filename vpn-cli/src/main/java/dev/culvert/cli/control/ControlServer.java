package dev.culvert.cli.control;

import dev.culvert.tunnel.TunnelStatus;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The control socket of this process. One thread accepts; each client has a thread of its own, few at a time and each
 * for a limited time. What a client sends can only fail that client.
 */
public final class ControlServer implements AutoCloseable {
    static final int MAX_REQUEST_BYTES = 4096;
    static final int MAX_CLIENTS = 8;

    private static final Logger LOG = LoggerFactory.getLogger(ControlServer.class);
    private static final Duration CLIENT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration ACCEPT_RETRY = Duration.ofMillis(100);

    private final RunDirectory directory;
    private final Path socket;
    private final ServerSocketChannel server;
    private final Semaphore places = new Semaphore(MAX_CLIENTS);

    private ControlServer(RunDirectory directory, Path socket, ServerSocketChannel server) {
        this.directory = directory;
        this.socket = socket;
        this.server = server;
    }

    /**
     * Takes the name, without answering anybody yet.
     *
     * @throws AlreadyRunningException when another process has it
     */
    public static ControlServer bind(RunDirectory directory, String name) throws IOException {
        Path socket = directory.socketOf(name);
        Optional<ControlServer> bound;
        try {
            directory.create();
            bound = directory.alone(() -> {
                if (Liveness.of(socket) == Liveness.ALIVE) {
                    return Optional.empty();
                }
                Files.deleteIfExists(socket);
                return Optional.of(new ControlServer(directory, socket, listen(socket)));
            });
        } catch (IOException failed) {
            throw new IOException(
                    "%s: cannot make the control socket %s: %s; run as root, or set CULVERT_RUN_DIR"
                            .formatted(name, socket, failed),
                    failed);
        }
        // Asked only now: should the owner end meanwhile, the client sweeps its socket, and wants to be alone for that.
        return bound.orElseThrow(() -> new AlreadyRunningException(name, owner(directory, name)));
    }

    private static ServerSocketChannel listen(Path socket) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            server.bind(UnixDomainSocketAddress.of(socket));
            Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
            return server;
        } catch (IOException failed) {
            server.close();
            throw failed;
        }
    }

    private static String owner(RunDirectory directory, String name) {
        try {
            return "process " + new ControlClient(directory).processIdOf(name);
        } catch (IOException _) {
            return "its process does not answer yet";
        }
    }

    /** Begins to answer. {@code status} throws IllegalStateException once the tunnel has stopped; {@code stop} is called on a client's thread. */
    public void serve(Supplier<TunnelStatus> status, Runnable stop) {
        Thread.ofPlatform().daemon().name("control").start(() -> acceptAll(status, stop));
    }

    private void acceptAll(Supplier<TunnelStatus> status, Runnable stop) {
        while (server.isOpen()) {
            try {
                SocketChannel client = server.accept();
                // More than a few clients at once wait in the backlog of the kernel, which is bounded.
                places.acquire();
                Thread.ofPlatform().daemon().name("control-client").start(() -> serveOne(client, status, stop));
            } catch (ClosedChannelException _) {
                return;
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return;
            } catch (IOException failed) {
                LOG.warn("accepting failed part=\"control socket\" reason=\"{}\"", failed.getMessage());
                pauseAfterFailure();
            }
        }
    }

    // Out of file descriptors, accept fails again at once: do not spin.
    private static void pauseAfterFailure() {
        LockSupport.parkNanos(ACCEPT_RETRY.toNanos());
    }

    private void serveOne(SocketChannel client, Supplier<TunnelStatus> status, Runnable stop) {
        try (LineChannel connection = LineChannel.over(client)) {
            answer(connection, status, stop);
        } catch (IOException gone) {
            LOG.debug("client gone part=\"control socket\" reason=\"{}\"", gone.getMessage());
        } finally {
            places.release();
        }
    }

    private void answer(LineChannel connection, Supplier<TunnelStatus> status, Runnable stop) throws IOException {
        ControlRequest request;
        try {
            request = Json.read(connection.readLine(MAX_REQUEST_BYTES, CLIENT_TIMEOUT), ControlRequest.class);
        } catch (IOException garbage) {
            connection.writeLine(Json.line(ControlResponse.refused("not a request")), CLIENT_TIMEOUT);
            return;
        }
        switch (request.command()) {
            case ControlRequest.STATUS -> connection.writeLine(Json.line(answerOf(status)), CLIENT_TIMEOUT);
            case ControlRequest.STOP -> {
                connection.writeLine(Json.line(ControlResponse.done()), CLIENT_TIMEOUT);
                stop.run();
                close(); // and only then the connection, whose end tells the client that all is gone
            }
            case null, default ->
                connection.writeLine(Json.line(ControlResponse.refused("unknown command")), CLIENT_TIMEOUT);
        }
    }

    private static ControlResponse answerOf(Supplier<TunnelStatus> status) {
        try {
            return ControlResponse.of(status.get());
        } catch (IllegalStateException stopped) {
            return ControlResponse.refused("stopping");
        }
    }

    /** Gives the name back; harmless when repeated. Call it last: the name guards the device. */
    @Override
    public void close() {
        try (server) {
            directory.alone(() -> {
                // Closed already, the socket at this path may be that of the next process.
                if (server.isOpen()) {
                    Files.deleteIfExists(socket);
                    server.close();
                }
                return true;
            });
        } catch (IOException failed) {
            LOG.warn("file stays behind part={} reason=\"{}\"", socket, failed.getMessage());
        }
    }
}
