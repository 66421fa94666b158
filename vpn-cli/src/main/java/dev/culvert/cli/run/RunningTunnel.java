package dev.culvert.cli.run;

import dev.culvert.tunnel.TunnelStatus;
import java.io.IOException;

/** A tunnel that carries frames. Callable from any thread. */
public interface RunningTunnel extends AutoCloseable {
    TunnelStatus status();

    /** Stops carrying, takes the device away and wipes the keys. Returns when that is done; harmless when repeated. */
    @Override
    void close();

    /**
     * Returns when the tunnel has been closed.
     *
     * @throws IOException when it stopped by itself, with the reason
     */
    void awaitStop() throws IOException, InterruptedException;
}
