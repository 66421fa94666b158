package dev.culvert.cli.run;

import dev.culvert.config.TunnelConfig;
import dev.culvert.tunnel.Tunnel;
import dev.culvert.tunnel.TunnelStatus;
import dev.culvert.udp.IoBackend;
import java.io.IOException;

/** The tunnel of vpn-core. */
public record CoreTunnel(Tunnel tunnel) implements RunningTunnel {
    /** The {@link TunnelLauncher} of the product. */
    public static RunningTunnel start(TunnelConfig config) throws IOException {
        return new CoreTunnel(Tunnel.start(config, IoBackend.best()));
    }

    @Override
    public TunnelStatus status() {
        return tunnel.status();
    }

    @Override
    public void close() {
        tunnel.close();
    }

    @Override
    public void awaitStop() throws IOException, InterruptedException {
        tunnel.awaitStop();
    }
}
