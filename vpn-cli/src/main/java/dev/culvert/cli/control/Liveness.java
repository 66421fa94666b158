package dev.culvert.cli.control;

import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether somebody listens behind a control socket. */
enum Liveness {
    ALIVE,
    /** The file is there, and its owner is dead. */
    STALE,
    ABSENT;

    static Liveness of(Path socket) throws IOException {
        if (!Files.exists(socket)) {
            return ABSENT;
        }
        // Not blocking: a live process with a full backlog must not hold us up.
        try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            probe.configureBlocking(false);
            probe.connect(UnixDomainSocketAddress.of(socket));
            return ALIVE;
        } catch (ConnectException refused) {
            return STALE;
        }
    }
}
